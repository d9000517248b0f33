package io.cordwood.store.object.s3;

import io.cordwood.runtime.DirectWorkers;
import io.cordwood.store.object.faultproxy.FaultProxy;
import io.cordwood.store.object.faultproxy.WireRequest;
import io.cordwood.store.object.s3server.S3Server;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * A server, the faulty connection to it, and stores that see the same objects with and without
 * faults.
 */
final class FaultyS3 implements AutoCloseable {

    /** Few attempts, so that what fails for good does so soon, with time for a busy machine. */
    static final S3Settings.Bounds FEW_ATTEMPTS = new S3Settings.Bounds(Duration.ofSeconds(10),
            Duration.ofSeconds(20), 1 << 20, 3, 16);

    /** Short attempts, for requests that are never answered. */
    static final S3Settings.Bounds SHORT_ATTEMPTS = new S3Settings.Bounds(Duration.ofSeconds(10),
            Duration.ofSeconds(2), 1 << 20, 6, 16);

    private final S3Server server;
    private final FaultProxy proxy;

    private FaultyS3(S3Server server, FaultProxy proxy) {
        this.server = server;
        this.proxy = proxy;
    }

    static FaultyS3 start() throws IOException {
        S3Server server = S3Server.inMemory();
        return new FaultyS3(server, FaultProxy.start(server.endpoint()));
    }

    FaultProxy proxy() {
        return proxy;
    }

    /** Settings of a fresh part of the bucket, behind the faulty connection. */
    S3Settings fresh() {
        return S3Server.settings(proxy.endpoint(), UUID.randomUUID().toString())
                .withBounds(FEW_ATTEMPTS);
    }

    /** The same part of the bucket, past the faulty connection. */
    S3Settings past(S3Settings settings) {
        return settings.withEndpoint(S3Settings.Endpoint.at(server.endpoint()));
    }

    /** The methods of the requests that came since the last call. */
    List<String> methods() {
        List<String> methods = proxy.requests().stream().map(WireRequest::method).toList();
        proxy.forget();
        return methods;
    }

    static S3ObjectStore open(S3Settings settings) {
        return S3ObjectStore.open(settings, new DirectWorkers()).await();
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.close();
    }
}
