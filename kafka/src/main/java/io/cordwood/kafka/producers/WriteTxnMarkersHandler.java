package io.cordwood.kafka.producers;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.ProducerState;
import io.cordwood.manifest.state.TransactionState;
import io.cordwood.runtime.Invariant;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData.WritableTxnMarker;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData.WritableTxnMarkerPartitionResult;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData.WritableTxnMarkerResult;
import org.apache.kafka.common.message.WriteTxnMarkersResponseData.WritableTxnMarkerTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.WriteTxnMarkersRequest;

/**
 * Aborts open transactions, as administrators ask it of the partition where one hangs. Here a
 * transaction ends in all its partitions at once, and its producer is over. Commits are not taken
 * from here: only the producer knows whether it is done.
 */
public record WriteTxnMarkersHandler(KafkaLog log, TransactionEnds ends)
        implements
            ApiHandler<WriteTxnMarkersRequest> {

    @Override
    public Future<Answer> handle(Call call, WriteTxnMarkersRequest request) {
        WriteTxnMarkersResponseData response = new WriteTxnMarkersResponseData();
        List<Future<?>> ended = new ArrayList<>();
        request.data().markers().forEach(marker -> {
            WritableTxnMarkerResult results = new WritableTxnMarkerResult()
                    .setProducerId(marker.producerId());
            response.markers().add(results);
            marker.topics().forEach(topic -> {
                WritableTxnMarkerTopicResult ofTopic = new WritableTxnMarkerTopicResult()
                        .setName(topic.name());
                results.topics().add(ofTopic);
                topic.partitionIndexes().forEach(number -> {
                    WritableTxnMarkerPartitionResult result = new WritableTxnMarkerPartitionResult()
                            .setPartitionIndex(number);
                    ofTopic.partitions().add(result);
                    ended.add(end(marker, new TopicKey.Name(topic.name()), number)
                            .otherwise(failure -> failed(result, failure)));
                });
            });
        });
        return Future.join(ended).map(done -> Answer.Response.of(response));
    }

    private Future<Object> end(WritableTxnMarker marker, TopicKey topic, int number) {
        return Future.succeededFuture().compose(nothing -> {
            if (marker.transactionResult()) {
                throw Errors.INVALID_REQUEST.exception(
                        "a transaction is committed by its producer, and aborted from here");
            }
            ManifestState state = log.state();
            PartitionId partition = topic.partition(state, number);
            ProducerIdentity producer = Identities.of(marker.producerId(),
                    marker.producerEpoch());
            Optional<TransactionState> open = state.transactions().ofProducer(producer.id())
                    .filter(it -> it.isOngoing() && it.includes(partition));
            if (open.isEmpty()) {
                checkKnown(state, partition, producer);
                return Future.succeededFuture();
            }
            if (!open.get().producer().equals(producer)) {
                throw Errors.INVALID_PRODUCER_EPOCH.exception();
            }
            return ends.abort(open.get()).mapEmpty();
        });
    }

    /** Where nothing of a producer is open any more, it is done; where it never was, it is not. */
    private static void checkKnown(ManifestState state, PartitionId partition,
            ProducerIdentity producer) {
        Optional<ProducerState> known = state.partition(partition)
                .flatMap(there -> there.producer(producer.id()));
        if (known.isEmpty()) {
            throw Errors.INVALID_PRODUCER_ID_MAPPING.exception();
        }
        if (producer.epoch() > known.get().epoch()) {
            throw Errors.INVALID_PRODUCER_EPOCH.exception();
        }
    }

    private static Object failed(WritableTxnMarkerPartitionResult result, Throwable failure) {
        Invariant.rethrow(failure);
        return result.setErrorCode(Errors.forException(Failures.of(failure)).code());
    }
}
