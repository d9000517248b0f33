package io.cordwood.server.node;

import io.cordwood.iceberg.TableCatalog;
import io.cordwood.iceberg.TablePublisher;

/** The tables that the topics of a node are: who publishes them, and which there are. */
record Tables(TablePublisher publisher, TableCatalog catalog) {

    static Tables of(NodeEnvironment environment, NodeStorage storage, TableSettings settings,
            ManifestParts manifest) {
        TablePublisher publisher = new TablePublisher(
                new TablePublisher.Parts(manifest.follower(), manifest.commits(),
                        environment.loop(), storage.bucket(), environment.storeWorkers(),
                        environment.ids()),
                settings.bucket(), settings.pause());
        return new Tables(publisher, new TableCatalog(manifest.follower(), environment.loop(),
                storage.bucket(), settings.bucket()));
    }
}
