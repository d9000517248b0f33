package io.cordwood.kafka.producers;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.ProducerState;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.DescribeProducersResponseData;
import org.apache.kafka.common.message.DescribeProducersResponseData.PartitionResponse;
import org.apache.kafka.common.message.DescribeProducersResponseData.TopicResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeProducersRequest;

/**
 * Tells which producers partitions remember, and which of them have a transaction open there. Of
 * each partition once, however often it is asked for.
 */
public record DescribeProducersHandler(KafkaLog log)
        implements
            ApiHandler<DescribeProducersRequest> {

    private static final long NO_TRANSACTION = -1;

    /** Control batches are written without one. */
    private static final int COORDINATOR_EPOCH = 0;

    @Override
    public Future<Answer> handle(Call call, DescribeProducersRequest request) {
        DescribeProducersResponseData response = new DescribeProducersResponseData();
        ManifestState state = log.state();
        Map<String, Set<Integer>> asked = new LinkedHashMap<>();
        request.data().topics().forEach(topic -> asked
                .computeIfAbsent(topic.name(), none -> new LinkedHashSet<>())
                .addAll(topic.partitionIndexes()));
        asked.forEach((name, numbers) -> {
            TopicResponse results = new TopicResponse().setName(name);
            response.topics().add(results);
            numbers.forEach(number -> results.partitions()
                    .add(describe(state, new TopicKey.Name(name), number)));
        });
        return Future.succeededFuture(Answer.Response.of(response));
    }

    private static PartitionResponse describe(ManifestState state, TopicKey topic, int number) {
        PartitionResponse result = new PartitionResponse().setPartitionIndex(number);
        try {
            PartitionState partition = state.partition(topic.partition(state, number))
                    .orElseThrow(() -> topic.unknown().exception());
            partition.forEachProducer((id, producer) -> result.activeProducers()
                    .add(describe(partition, id, producer)));
            return result;
        } catch (ApiException unknown) {
            return result.setErrorCode(Errors.forException(unknown).code())
                    .setErrorMessage(unknown.getMessage());
        }
    }

    private static DescribeProducersResponseData.ProducerState describe(PartitionState partition,
            long id, ProducerState producer) {
        return new DescribeProducersResponseData.ProducerState().setProducerId(id)
                .setProducerEpoch(producer.epoch()).setLastSequence(producer.lastSequence())
                .setLastTimestamp(producer.lastMillis()).setCoordinatorEpoch(COORDINATOR_EPOCH)
                .setCurrentTxnStartOffset(partition.openOffset(id).orElse(NO_TRANSACTION));
    }
}
