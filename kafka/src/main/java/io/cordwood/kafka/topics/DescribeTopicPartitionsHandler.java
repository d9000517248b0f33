package io.cordwood.kafka.topics;

import io.cordwood.kafka.cluster.AllowedOperations;
import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.kafka.cluster.SeenBrokers;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.Cursor;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponsePartition;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData.DescribeTopicPartitionsResponseTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeTopicPartitionsRequest;
import org.apache.kafka.common.resource.ResourceType;

/** Describes topics page by page: so many partitions, and where to go on. */
public record DescribeTopicPartitionsHandler(KafkaLog log, Brokers brokers)
        implements
            ApiHandler<DescribeTopicPartitionsRequest> {

    /** The most partitions in a page, as Kafka bounds it. */
    private static final int PARTITIONS_MAX = 2_000;

    @Override
    public Future<Answer> handle(Call call, DescribeTopicPartitionsRequest request) {
        DescribeTopicPartitionsRequestData asked = request.data();
        Optional<DescribeTopicPartitionsRequestData.Cursor> cursor = Optional
                .ofNullable(asked.cursor());
        if (cursor.filter(from -> from.partitionIndex() < 0).isPresent()) {
            throw Errors.INVALID_REQUEST.exception(
                    "the cursor begins with a partition, which are numbered from 0");
        }
        ManifestState state = log.state();
        SeenBrokers seen = brokers.seenBy(call);
        DescribeTopicPartitionsResponseData page = new DescribeTopicPartitionsResponseData();
        int room = Math.clamp(asked.responsePartitionLimit(), 1, PARTITIONS_MAX);
        for (String name : names(asked, state).tailSet(
                cursor.map(from -> from.topicName()).orElse(""))) {
            int first = cursor.filter(from -> from.topicName().equals(name))
                    .map(from -> from.partitionIndex()).orElse(0);
            if (page.nextCursor() == null && room == 0) {
                page.setNextCursor(new Cursor().setTopicName(name).setPartitionIndex(first));
            }
            if (page.nextCursor() != null) {
                break;
            }
            room -= add(page, name, first, room, seen);
        }
        return Future.succeededFuture(Answer.Response.of(page));
    }

    /** No names ask for all topics. */
    private static SortedSet<String> names(DescribeTopicPartitionsRequestData asked,
            ManifestState state) {
        SortedSet<String> names = new TreeSet<>();
        asked.topics().forEach(topic -> names.add(topic.name()));
        if (names.isEmpty()) {
            state.topics().forEach(topic -> names.add(topic.name().value()));
        }
        return names;
    }

    /** Adds a topic from a partition on. Returns how many partitions there was room for. */
    private int add(DescribeTopicPartitionsResponseData page, String name, int first, int room,
            SeenBrokers seen) {
        TopicKey key = new TopicKey.Name(name);
        Optional<TopicState> topic = key.find(log.state());
        if (topic.isEmpty()) {
            page.topics().add(new DescribeTopicPartitionsResponseTopic().setName(name)
                    .setErrorCode(key.unknown().code()));
            return 0;
        }
        var description = new DescribeTopicPartitionsResponseTopic()
                .setName(name)
                .setTopicId(TopicKey.uuid(topic.get().id()))
                .setTopicAuthorizedOperations(
                        AllowedOperations.on(ResourceType.TOPIC, true));
        page.topics().add(description);
        int count = topic.get().partitionCount();
        List<List<Integer>> replicas = seen.replicas(topic.get());
        int end = Math.clamp((long) first + room, 0, count);
        for (int i = first; i < end; i++) {
            description.partitions().add(partition(i, replicas.get(i)));
        }
        if (end < count) {
            page.setNextCursor(new Cursor().setTopicName(name).setPartitionIndex(end));
        }
        return Math.max(0, end - first);
    }

    private static DescribeTopicPartitionsResponsePartition partition(int number,
            List<Integer> replicas) {
        return new DescribeTopicPartitionsResponsePartition().setPartitionIndex(number)
                .setLeaderId(replicas.getFirst()).setLeaderEpoch(0).setReplicaNodes(replicas)
                .setIsrNodes(replicas).setEligibleLeaderReplicas(List.of())
                .setLastKnownElr(List.of());
    }
}
