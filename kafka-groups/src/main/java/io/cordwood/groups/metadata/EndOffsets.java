package io.cordwood.groups.metadata;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.manifest.state.PartitionState;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.server.util.PartitionMetadataClient;

/** Tells the coordinator where partitions end, from which it makes the lag of share groups. */
public record EndOffsets(KafkaLog log) implements PartitionMetadataClient {

    private static final long UNKNOWN = -1;

    @Override
    public Map<TopicPartition, CompletableFuture<OffsetResponse>> listLatestOffsets(
            Set<TopicPartition> partitions) {
        Map<TopicPartition, CompletableFuture<OffsetResponse>> offsets = new HashMap<>();
        partitions.forEach(partition -> offsets.put(partition,
                CompletableFuture.completedFuture(end(partition))));
        return offsets;
    }

    private OffsetResponse end(TopicPartition partition) {
        try {
            return log.state().partition(new TopicKey.Name(partition.topic())
                    .partition(log.state(), partition.partition()))
                    .map(PartitionState::nextOffset)
                    .map(end -> new OffsetResponse(end, Errors.NONE))
                    .orElseGet(() -> new OffsetResponse(UNKNOWN,
                            Errors.UNKNOWN_TOPIC_OR_PARTITION));
        } catch (ApiException unknown) {
            return new OffsetResponse(UNKNOWN, Errors.forException(unknown));
        }
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
