package io.cordwood.groups.offsets;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.manifest.state.TopicState;
import io.vertx.core.Future;
import java.util.List;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetDeleteRequest;
import org.apache.kafka.common.requests.OffsetDeleteResponse;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/** Deletes committed offsets of a group. */
public record OffsetDeleteHandler(KafkaLog log, GroupCoordinator coordinator)
        implements
            ApiHandler<OffsetDeleteRequest> {

    @Override
    public Future<Answer> handle(Call call, OffsetDeleteRequest request) {
        OffsetDeleteResponse.Builder response = new OffsetDeleteResponse.Builder();
        OffsetDeleteRequestTopicCollection known = new OffsetDeleteRequestTopicCollection();
        request.data().topics().forEach(topic -> {
            List<OffsetDeleteRequestPartition> there = keepKnown(topic, response);
            if (!there.isEmpty()) {
                known.add(new OffsetDeleteRequestTopic().setName(topic.name())
                        .setPartitions(there));
            }
        });
        OffsetDeleteRequestData asked = new OffsetDeleteRequestData()
                .setGroupId(request.data().groupId()).setTopics(known);
        return Coordinated
                .future(coordinator.deleteOffsets(call.context(), asked,
                        BufferSupplier.NO_CACHING))
                .map(done -> Answer.Response.of(done.errorCode() == Errors.NONE.code()
                        ? response.merge(done).build().data()
                        : done));
    }

    /** The partitions that there are; about the rest, the client is told in the response. */
    private List<OffsetDeleteRequestPartition> keepKnown(OffsetDeleteRequestTopic asked,
            OffsetDeleteResponse.Builder response) {
        int count = new TopicKey.Name(asked.name()).find(log.state())
                .map(TopicState::partitionCount).orElse(0);
        return KnownPartitions.of(count, asked.partitions(),
                OffsetDeleteRequestPartition::partitionIndex, partition -> response
                        .addPartition(asked.name(), partition,
                                Errors.UNKNOWN_TOPIC_OR_PARTITION));
    }
}
