package io.cordwood.store.object.s3server;

import io.cordwood.store.object.s3.S3Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/** An S3-compatible server in this process, with one bucket. */
public final class S3Server implements AutoCloseable {

    /** The bucket that is there. */
    public static final String BUCKET = "cordwood";

    /** The credentials that it wants. */
    public static final S3Settings.AccessKey ACCESS_KEY = new S3Settings.AccessKey("test",
            "testsecret");

    private final S3Proxy server;

    private S3Server(S3Proxy server) {
        this.server = server;
    }

    /** Starts a server that keeps its objects in memory. */
    public static S3Server inMemory() {
        return start(BlobStores.create("transient", new Properties()), 0);
    }

    /**
     * Starts a server that keeps its objects in a folder, where the next one finds them.
     *
     * @param port 0 for one that the system chooses
     */
    public static S3Server inFolder(Path folder, int port) {
        Properties properties = new Properties();
        properties.setProperty("jclouds.filesystem.basedir", folder.toAbsolutePath().toString());
        return start(BlobStores.create("filesystem", properties), port);
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    /** How a store reaches the bucket there, or at a proxy in front. */
    public static S3Settings settings(URI endpoint, String prefix) {
        return S3Settings.of(BUCKET, prefix).withEndpoint(S3Settings.Endpoint.at(endpoint))
                .withAccessKey(ACCESS_KEY);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception failure) {
            throw new IllegalStateException("the S3 server did not stop", failure);
        }
    }

    private static S3Server start(BlobStore store, int port) {
        if (!store.containerExists(BUCKET)) {
            store.createContainer(BUCKET);
        }
        S3Proxy server = S3Proxy.builder().blobStore(store)
                .endpoint(URI.create("http://127.0.0.1:" + port))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, ACCESS_KEY.id(),
                        ACCESS_KEY.secret())
                .build();
        try {
            server.start();
        } catch (Exception failure) {
            throw new IllegalStateException("the S3 server did not start", failure);
        }
        return new S3Server(server);
    }
}
