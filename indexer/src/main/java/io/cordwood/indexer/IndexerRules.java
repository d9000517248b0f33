package io.cordwood.indexer;

import io.cordwood.indexer.compact.CompactionRules;
import io.cordwood.indexer.convert.HistoryRules;
import io.cordwood.indexer.retention.RetentionRules;

/**
 * What is to become of the records of topics.
 *
 * @param retention how long they are kept
 * @param history when they become history
 * @param compaction of which only the last of each key are kept
 */
public record IndexerRules(RetentionRules retention, HistoryRules history,
        CompactionRules compaction) {}
