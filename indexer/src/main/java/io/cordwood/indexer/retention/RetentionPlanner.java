package io.cordwood.indexer.retention;

import io.cordwood.manifest.commit.DeleteRecords;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.store.segment.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Decides which records go because of their age or number. Pure: the same state and time give the
 * same plan.
 *
 * <p>Whole runs go, oldest first, as whole segments do in Kafka: one that has a younger record
 * stays, and so does everything after it. What is behind the last stable offset stays too.
 */
public record RetentionPlanner(RetentionRules rules) {

    /** The records that are to go now, with one deletion for each partition that has any. */
    public List<DeleteRecords> plan(ManifestState state, long nowMillis) {
        List<DeleteRecords> deletions = new ArrayList<>();
        for (TopicState topic : state.topics()) {
            Retention retention = rules.of(state, topic);
            for (int i = 0; i < topic.partitionCount() && !retention.isForever(); i++) {
                PartitionState partition = topic.partition(i);
                long start = start(partition, retention, nowMillis);
                if (start > partition.startOffset()) {
                    deletions.add(new DeleteRecords(new PartitionId(topic.id(), i),
                            OptionalLong.of(start)));
                }
            }
        }
        return deletions;
    }

    private static long start(PartitionState partition, Retention retention, long nowMillis) {
        long before = retention.ageMaxMillis().isPresent()
                ? nowMillis - retention.ageMaxMillis().getAsLong()
                : Long.MIN_VALUE;
        long bytesLeft = partition.sizeBytes();
        int gone = 0;
        while (gone < partition.runCount()) {
            Run run = partition.run(gone);
            boolean tooOld = run.isEmpty()
                    || (run.maxTimestampMillis() >= 0 && run.maxTimestampMillis() < before);
            boolean tooMany = bytesLeft - run.length() >= retention.bytesMax()
                    .orElse(Long.MAX_VALUE);
            if ((!tooOld && !tooMany) || run.endOffset() > partition.lastStableOffset()) {
                break;
            }
            bytesLeft -= run.length();
            gone++;
        }
        return gone == 0 ? partition.startOffset() : partition.run(gone - 1).endOffset();
    }
}
