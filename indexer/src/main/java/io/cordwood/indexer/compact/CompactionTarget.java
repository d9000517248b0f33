package io.cordwood.indexer.compact;

import io.cordwood.manifest.event.Compaction;
import io.cordwood.store.segment.PartitionId;

/**
 * A partition that is to be compacted.
 *
 * @param topic its name
 * @param before how far it is compacted
 * @param toOffset how far it may be
 */
public record CompactionTarget(PartitionId partition, String topic, CompactionRule rule,
        Compaction before, long toOffset) {}
