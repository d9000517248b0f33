package io.cordwood.server.node;

import io.cordwood.runtime.Workers;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.server.settings.ServerSettings.BucketLocation;
import io.cordwood.server.settings.ServerSettings.S3Access;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.folder.FolderObjectStore;
import io.cordwood.store.object.s3.S3ObjectStore;
import io.cordwood.store.object.s3.S3Settings;
import io.cordwood.store.object.s3.S3Settings.Addressing;
import io.cordwood.store.object.s3.S3Settings.Endpoint;
import io.vertx.core.Future;
import java.util.random.RandomGenerator;

/** Opens the store that the settings name. */
public final class BucketOpening {

    private BucketOpening() {}

    /** Fails with what to check when the store cannot be used. */
    public static Future<ObjectStore> open(ServerSettings settings, Workers workers,
            RandomGenerator chance) {
        return switch (settings.bucket()) {
            case BucketLocation.Folder folder -> FolderObjectStore
                    .open(folder.path(), workers, chance).map(store -> store);
            case BucketLocation.S3 s3 -> S3ObjectStore
                    .open(s3Settings(s3, settings.s3()), workers).map(store -> store);
        };
    }

    private static S3Settings s3Settings(BucketLocation.S3 location, S3Access access) {
        return S3Settings.of(location.bucket(), location.prefix())
                .withEndpoint(new Endpoint(access.endpoint(), access.region(),
                        access.pathStyle() ? Addressing.PATH : Addressing.HOST));
    }
}
