package io.cordwood.server.node;

import io.cordwood.indexer.IndexerSettings;
import io.cordwood.ingest.IngestSettings;
import io.cordwood.manifest.follow.Checkpointer;
import io.cordwood.server.settings.ServerSettings;
import java.util.Optional;

/**
 * The bounds and the pace of a node.
 *
 * @param requestsMaxBytes of requests that are handled at a time
 * @param readsMaxBytes that are read from the log at a time
 * @param historyMaxBytes that are remembered of history, unpacked, or on their way to that
 * @param tables empty where the history of topics is not published as tables
 */
public record NodeSettings(IngestSettings ingest, long requestsMaxBytes,
        long readsMaxBytes, long historyMaxBytes, Checkpointer.Pace checkpoints,
        IndexerSettings indexer, Optional<TableSettings> tables) {

    /** What the settings of a server mean for its node. */
    public static NodeSettings of(ServerSettings settings) {
        IngestSettings standard = IngestSettings.STANDARD;
        IngestSettings ingest = new IngestSettings(settings.flushInterval(),
                standard.segmentSizeMaxBytes(),
                Math.max(settings.sizes().buffer(), standard.segmentSizeMaxBytes()),
                standard.uploadsMax(), standard.waitMax(), standard.appendTimeout());
        return new NodeSettings(ingest, settings.sizes().requests(),
                settings.sizes().reads(), settings.sizes().history(), Checkpointer.Pace.STANDARD,
                IndexerSettings.STANDARD.withMergeOf(settings.sizes().merge()),
                Optional.of(TableSettings.of(settings)));
    }
}
