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
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.TxnOffsetCommitRequest;
import org.apache.kafka.common.requests.TxnOffsetCommitResponse;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/** Commits offsets as part of a transaction: they count when that is committed. */
public record TxnOffsetCommitHandler(KafkaLog log, GroupCoordinator coordinator)
        implements
            ApiHandler<TxnOffsetCommitRequest> {

    @Override
    public Future<Answer> handle(Call call, TxnOffsetCommitRequest request) {
        TxnOffsetCommitRequestData data = request.data();
        TxnOffsetCommitResponse.Builder response = new TxnOffsetCommitResponse.Builder();
        List<TxnOffsetCommitRequestTopic> known = new ArrayList<>();
        data.topics().forEach(topic -> {
            List<TxnOffsetCommitRequestPartition> there = keepKnown(topic, response);
            if (!there.isEmpty()) {
                known.add(new TxnOffsetCommitRequestTopic().setName(topic.name())
                        .setPartitions(there));
            }
        });
        if (known.isEmpty()) {
            return Future.succeededFuture(Answer.Response.of(response.build().data()));
        }
        return Coordinated.future(coordinator.commitTransactionalOffsets(call.context(),
                data.duplicate().setTopics(known), BufferSupplier.NO_CACHING))
                .map(done -> Answer.Response.of(response.merge(done).build().data()));
    }

    /** The partitions that there are; about the rest, the client is told in the response. */
    private List<TxnOffsetCommitRequestPartition> keepKnown(TxnOffsetCommitRequestTopic asked,
            TxnOffsetCommitResponse.Builder response) {
        int count = new TopicKey.Name(asked.name()).find(log.state())
                .map(TopicState::partitionCount).orElse(0);
        return KnownPartitions.of(count, asked.partitions(),
                TxnOffsetCommitRequestPartition::partitionIndex, partition -> response
                        .addPartition(asked.name(), partition,
                                Errors.UNKNOWN_TOPIC_OR_PARTITION));
    }
}
