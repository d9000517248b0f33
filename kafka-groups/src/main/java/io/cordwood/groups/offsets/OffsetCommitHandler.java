package io.cordwood.groups.offsets;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.manifest.state.TopicState;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetCommitRequest;
import org.apache.kafka.common.requests.OffsetCommitResponse;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/** Commits offsets of partitions that there are; the coordinator itself takes any. */
public record OffsetCommitHandler(KafkaLog log, GroupCoordinator coordinator)
        implements
            ApiHandler<OffsetCommitRequest> {

    @Override
    public Future<Answer> handle(Call call, OffsetCommitRequest request) {
        OffsetCommitRequestData data = request.data();
        OffsetCommitResponse.Builder response = OffsetCommitResponse
                .newBuilder(OffsetCommitResponse.useTopicIds(call.version()));
        List<OffsetCommitRequestTopic> known = new ArrayList<>();
        data.topics().forEach(topic -> keepKnown(topic, response).ifPresent(known::add));
        if (known.isEmpty()) {
            return Future.succeededFuture(Answer.Response.of(response.build().data()));
        }
        return Coordinated.future(coordinator.commitOffsets(call.context(),
                data.duplicate().setTopics(known), BufferSupplier.NO_CACHING))
                .map(done -> Answer.Response.of(response.merge(done).build().data()));
    }

    /** The topic with what of it there is; about the rest, the client is told in the response. */
    private Optional<OffsetCommitRequestTopic> keepKnown(OffsetCommitRequestTopic asked,
            OffsetCommitResponse.Builder response) {
        TopicKey key = TopicKey.of(asked.name(), asked.topicId());
        Optional<TopicState> topic = key.find(log.state());
        int count = topic.map(TopicState::partitionCount).orElse(0);
        Errors error = topic.isPresent() ? Errors.UNKNOWN_TOPIC_OR_PARTITION : key.unknown();
        List<OffsetCommitRequestPartition> there = KnownPartitions.of(count, asked.partitions(),
                OffsetCommitRequestPartition::partitionIndex, partition -> response
                        .addPartition(asked.topicId(), asked.name(), partition, error));
        return topic.filter(found -> !there.isEmpty())
                .map(found -> new OffsetCommitRequestTopic().setName(found.name().value())
                        .setTopicId(TopicKey.uuid(found.id())).setPartitions(there));
    }
}
