package io.cordwood.kafka.producers;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.manifest.commit.JoinTransaction;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.runtime.Invariant;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnPartitionResult;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData.AddPartitionsToTxnTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AddPartitionsToTxnRequest;

/**
 * Takes partitions into a transaction, as clients before KIP-890 ask before they send. If one of
 * them is not there, none is taken in.
 */
public record AddPartitionsToTxnHandler(KafkaLog log)
        implements
            ApiHandler<AddPartitionsToTxnRequest> {

    /** The newest version that clients use; brokers talk to each other in those above. */
    public static final short VERSION_MAX = 3;

    @Override
    public Future<Answer> handle(Call call, AddPartitionsToTxnRequest request) {
        AddPartitionsToTxnRequestData data = request.data();
        List<PartitionId> partitions = new ArrayList<>();
        List<AddPartitionsToTxnPartitionResult> results = new ArrayList<>();
        AddPartitionsToTxnResponseData response = new AddPartitionsToTxnResponseData();
        data.v3AndBelowTopics().forEach(topic -> response.resultsByTopicV3AndBelow()
                .add(look(topic, partitions, results)));
        if (results.stream().anyMatch(it -> it.partitionErrorCode() != Errors.NONE.code())) {
            results.stream().filter(it -> it.partitionErrorCode() == Errors.NONE.code())
                    .forEach(it -> it.setPartitionErrorCode(
                            Errors.OPERATION_NOT_ATTEMPTED.code()));
            return Future.succeededFuture(Answer.Response.of(response));
        }
        return log.propose(new JoinTransaction(
                new TransactionalId(data.v3AndBelowTransactionalId()),
                Identities.of(data.v3AndBelowProducerId(), data.v3AndBelowProducerEpoch()),
                partitions)).transform(done -> {
                    if (done.failed()) {
                        Invariant.rethrow(done.cause());
                        short code = Errors.forException(Failures.of(done.cause())).code();
                        results.forEach(result -> result.setPartitionErrorCode(code));
                    }
                    return Future.succeededFuture(Answer.Response.of(response));
                });
    }

    private AddPartitionsToTxnTopicResult look(AddPartitionsToTxnTopic topic,
            List<PartitionId> partitions, List<AddPartitionsToTxnPartitionResult> results) {
        AddPartitionsToTxnTopicResult answer = new AddPartitionsToTxnTopicResult()
                .setName(topic.name());
        topic.partitions().forEach(number -> {
            AddPartitionsToTxnPartitionResult result = new AddPartitionsToTxnPartitionResult()
                    .setPartitionIndex(number);
            answer.resultsByPartition().add(result);
            results.add(result);
            try {
                partitions.add(new TopicKey.Name(topic.name()).partition(log.state(), number));
            } catch (ApiException unknown) {
                result.setPartitionErrorCode(Errors.forException(unknown).code());
            }
        });
        return answer;
    }
}
