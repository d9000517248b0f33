package io.cordwood.groups.offsets;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.producers.Identities;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.manifest.commit.JoinTransaction;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.TransactionalId;
import io.vertx.core.Future;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AddOffsetsToTxnResponseData;
import org.apache.kafka.common.requests.AddOffsetsToTxnRequest;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/** Takes a group into a transaction, as clients before KIP-890 ask before they commit offsets. */
public record AddOffsetsToTxnHandler(KafkaLog log, GroupCoordinator coordinator)
        implements
            ApiHandler<AddOffsetsToTxnRequest> {

    @Override
    public Future<Answer> handle(Call call, AddOffsetsToTxnRequest request) {
        AddOffsetsToTxnRequestData data = request.data();
        return log.propose(new JoinTransaction(new TransactionalId(data.transactionalId()),
                Identities.of(data.producerId(), data.producerEpoch()),
                new GroupShard(coordinator.partitionFor(data.groupId()))))
                .map(joined -> Answer.Response.of(new AddOffsetsToTxnResponseData()));
    }
}
