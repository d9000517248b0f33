package io.cordwood.server.inspect;

import io.cordwood.runtime.UnavailableException;
import io.cordwood.server.node.BucketOpening;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.server.settings.ServerSettings.BucketLocation;
import io.cordwood.server.vertx.VertxStart;
import io.cordwood.server.vertx.VertxWorkers;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.security.SecureRandom;

/** A bucket that is open for as long as a command looks into it. */
record OpenBucket(Vertx vertx, ObjectStore store) implements AutoCloseable {

    private static final int THREADS = 8;

    /** Throws {@link UnavailableException} when there is no such bucket. */
    static OpenBucket open(ServerSettings settings) {
        if (settings.bucket() instanceof BucketLocation.Folder folder
                && !Files.isDirectory(folder.path())) {
            throw new UnavailableException("there is no folder " + folder.path()
                    + ": name the bucket with --bucket");
        }
        Vertx vertx = VertxStart.standard();
        return new OpenBucket(vertx, BucketOpening
                .open(settings, new VertxWorkers(vertx, "store", THREADS), new SecureRandom())
                .onFailure(failure -> vertx.close()).await());
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
