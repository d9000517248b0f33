package io.cordwood.indexer.merge;

import io.cordwood.manifest.state.Run;
import io.cordwood.store.segment.PartitionId;

/**
 * A source of a job.
 *
 * @param begins whether it is the first of those that become one run
 * @param ends whether it is the last of them
 */
record MergeSource(PartitionId partition, Run run, boolean begins, boolean ends) {}
