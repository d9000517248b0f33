package io.cordwood.groups.offsets;

import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.manifest.state.WrittenGroupRecord;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.common.runtime.Deserializer.UnknownRecordTypeException;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordSerde;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;

/**
 * How far a group is behind the end of a topic, by the offsets that it has committed.
 *
 * @param records of all partitions of which it has committed an offset
 */
public record GroupLag(String group, String topic, long records) {

    private static final Comparator<GroupLag> MOST_FIRST = Comparator
            .comparingLong(GroupLag::records).reversed().thenComparing(GroupLag::group)
            .thenComparing(GroupLag::topic);

    /**
     * Those groups that are behind most, first.
     *
     * @param countMax how many at most
     */
    public static List<GroupLag> most(ManifestState state, int countMax) {
        Map<String, TopicState> topics = new HashMap<>();
        GroupCoordinatorRecordSerde serde = new GroupCoordinatorRecordSerde();
        state.topics().forEach(topic -> topics.put(topic.name().value(), topic));
        Map<List<String>, Long> lags = new HashMap<>();
        for (int number = 0; number < GroupShard.COUNT; number++) {
            for (WrittenGroupRecord written : state.groupShard(new GroupShard(number)).records()) {
                Optional<Committed> committed = Committed.of(written, serde);
                committed.flatMap(its -> its.lag(topics)).ifPresent(
                        records -> lags.merge(List.of(committed.get().group(),
                                committed.get().topic()), records, Long::sum));
            }
        }
        return lags.entrySet().stream()
                .map(lag -> new GroupLag(lag.getKey().getFirst(), lag.getKey().getLast(),
                        lag.getValue()))
                .sorted(MOST_FIRST).limit(countMax).toList();
    }

    /** An offset that a group has committed. */
    private record Committed(String group, String topic, int partition, long offset) {

        /** Empty for what is something else, or is pending in a transaction. */
        static Optional<Committed> of(WrittenGroupRecord written,
                GroupCoordinatorRecordSerde serde) {
            if (written.transaction().isPresent() || written.record().valueBytes().isEmpty()) {
                return Optional.empty();
            }
            try {
                CoordinatorRecord record = serde.deserialize(
                        written.record().keyBytes(), written.record().valueBytes().get());
                return record.key() instanceof OffsetCommitKey key
                        && record.value().message() instanceof OffsetCommitValue value
                                ? Optional.of(new Committed(key.group(), key.topic(),
                                        key.partition(), value.offset()))
                                : Optional.empty();
            } catch (UnknownRecordTypeException later) {
                return Optional.empty();
            }
        }

        Optional<Long> lag(Map<String, TopicState> topics) {
            return Optional.ofNullable(topics.get(topic))
                    .filter(there -> partition < there.partitionCount())
                    .map(there -> Math.max(0,
                            there.partition(partition).lastStableOffset() - offset));
        }
    }
}
