package io.cordwood.kafka.producers;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TransactionState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.util.LinkedHashSet;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.DescribeTransactionsResponseData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData.TopicData;
import org.apache.kafka.common.message.DescribeTransactionsResponseData.TopicDataCollection;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeTransactionsRequest;

/** Tells how far the transactions of transactional ids are, and which partitions they take in. */
public record DescribeTransactionsHandler(KafkaLog log)
        implements
            ApiHandler<DescribeTransactionsRequest> {

    private static final long NOT_STARTED = -1;

    @Override
    public Future<Answer> handle(Call call, DescribeTransactionsRequest request) {
        DescribeTransactionsResponseData response = new DescribeTransactionsResponseData();
        ManifestState state = log.state();
        new LinkedHashSet<>(request.data().transactionalIds()).forEach(
                id -> response.transactionStates().add(describe(state, id)));
        return Future.succeededFuture(Answer.Response.of(response));
    }

    private static DescribeTransactionsResponseData.TransactionState describe(ManifestState state,
            String id) {
        var result = new DescribeTransactionsResponseData.TransactionState()
                .setTransactionalId(id);
        try {
            TransactionState transaction = state.transactions().of(new TransactionalId(id))
                    .orElseThrow(Errors.TRANSACTIONAL_ID_NOT_FOUND::exception);
            return result.setTransactionState(TransactionPhases.name(transaction.phase()))
                    .setTransactionTimeoutMs(transaction.timeoutMillis())
                    .setTransactionStartTimeMs(transaction.isOngoing()
                            ? transaction.sinceMillis()
                            : NOT_STARTED)
                    .setProducerId(transaction.producer().id())
                    .setProducerEpoch(transaction.producer().epoch())
                    .setTopics(topics(state, transaction));
        } catch (ApiException | RejectedException refused) {
            return result.setErrorCode(Errors.forException(Failures.of(refused)).code());
        }
    }

    /** The partitions of the open transaction whose topics are still there. */
    private static TopicDataCollection topics(ManifestState state, TransactionState transaction) {
        TopicDataCollection topics = new TopicDataCollection();
        for (PartitionId partition : transaction.members()) {
            state.topic(partition.topic()).ifPresent(topic -> {
                String name = topic.name().value();
                if (topics.find(name) == null) {
                    topics.add(new TopicData().setTopic(name));
                }
                topics.find(name).partitions().add(partition.partition());
            });
        }
        return topics;
    }
}
