package io.cordwood.kafka.records;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.query.IsolationLevel;
import io.cordwood.runtime.Invariant;
import io.cordwood.store.batch.TimedOffset;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsPartitionResponse;
import org.apache.kafka.common.message.ListOffsetsResponseData.ListOffsetsTopicResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ListOffsetsRequest;
import org.apache.kafka.common.requests.ListOffsetsResponse;

/**
 * Finds offsets by time, and by the special times that stand for the ends of a partition. All tiers
 * are one log: what Kafka would keep locally is everything, and nothing waits for an upload.
 */
public record ListOffsetsHandler(KafkaLog log) implements ApiHandler<ListOffsetsRequest> {

    /** The first version whose responses have a leader epoch. */
    private static final short WITH_LEADER_EPOCH = 4;

    /** What is held while records are looked at: a stretch of a run, and a batch unpacked. */
    private static final long SEARCH_BYTES = 2 << 20;

    @Override
    public Future<Answer> handle(Call call, ListOffsetsRequest request) {
        return needsTheEnd(request)
                ? log.fresh().compose(fresh -> list(call, request))
                : list(call, request);
    }

    /** Whoever asks for the end is to find there what others have acknowledged. */
    private static boolean needsTheEnd(ListOffsetsRequest request) {
        return request.topics().stream().flatMap(topic -> topic.partitions().stream())
                .anyMatch(asked -> asked.timestamp() != ListOffsetsRequest.EARLIEST_TIMESTAMP
                        && asked.timestamp() != ListOffsetsRequest.EARLIEST_LOCAL_TIMESTAMP);
    }

    private Future<Answer> list(Call call, ListOffsetsRequest request) {
        ListOffsetsResponseData response = new ListOffsetsResponseData();
        List<Future<ListOffsetsPartitionResponse>> searches = new ArrayList<>();
        IsolationLevel isolation = Isolation.level(request.data().isolationLevel());
        request.data().topics().forEach(topic -> {
            ListOffsetsTopicResponse results = new ListOffsetsTopicResponse()
                    .setName(topic.name());
            response.topics().add(results);
            topic.partitions().forEach(asked -> {
                ListOffsetsPartitionResponse result = new ListOffsetsPartitionResponse()
                        .setPartitionIndex(asked.partitionIndex());
                results.partitions().add(result);
                searches.add(search(new TopicKey.Name(topic.name()), asked, isolation)
                        .map(found -> found(call, result, found))
                        .otherwise(failure -> failed(result, failure)));
            });
        });
        return Future.join(searches).map(done -> Answer.Response.of(response));
    }

    private Future<Found> search(TopicKey topic, ListOffsetsPartition asked,
            IsolationLevel isolation) {
        return Future.succeededFuture().compose(nothing -> {
            PartitionId id = topic.partition(log.state(), asked.partitionIndex());
            LeaderEpoch.check(asked.currentLeaderEpoch());
            PartitionState partition = log.state().partition(id)
                    .orElseThrow(() -> topic.unknown().exception());
            return search(id, partition, isolation, asked.timestamp());
        });
    }

    private Future<Found> search(PartitionId id, PartitionState partition,
            IsolationLevel isolation, long timestamp) {
        if (timestamp == ListOffsetsRequest.LATEST_TIMESTAMP) {
            return Future.succeededFuture(Found.end(isolation.endOffset(partition)));
        }
        if (timestamp == ListOffsetsRequest.EARLIEST_TIMESTAMP
                || timestamp == ListOffsetsRequest.EARLIEST_LOCAL_TIMESTAMP) {
            return Future.succeededFuture(Found.end(partition.startOffset()));
        }
        if (timestamp == ListOffsetsRequest.LATEST_TIERED_TIMESTAMP
                || timestamp == ListOffsetsRequest.EARLIEST_PENDING_UPLOAD_TIMESTAMP) {
            return Future.succeededFuture(Found.NOTHING);
        }
        if (timestamp == ListOffsetsRequest.MAX_TIMESTAMP) {
            return log.reading(SEARCH_BYTES, () -> log.query().latestRecord(id)).map(Found::of);
        }
        if (timestamp < 0) {
            throw Errors.UNSUPPORTED_VERSION.exception();
        }
        return log.reading(SEARCH_BYTES, () -> log.query().recordAt(id, timestamp))
                .map(Found::of);
    }

    private static ListOffsetsPartitionResponse found(Call call,
            ListOffsetsPartitionResponse result, Found found) {
        if (call.version() >= WITH_LEADER_EPOCH && found.offset() >= 0) {
            result.setLeaderEpoch(LeaderEpoch.VALUE);
        }
        return result.setOffset(found.offset()).setTimestamp(found.timestampMillis());
    }

    private static ListOffsetsPartitionResponse failed(ListOffsetsPartitionResponse result,
            Throwable failure) {
        Invariant.rethrow(failure);
        return result.setErrorCode(Errors.forException(Failures.of(failure)).code())
                .setOffset(ListOffsetsResponse.UNKNOWN_OFFSET)
                .setTimestamp(ListOffsetsResponse.UNKNOWN_TIMESTAMP);
    }

    /** An offset, and the timestamp of its record where that was looked at. */
    private record Found(long offset, long timestampMillis) {

        static final Found NOTHING = new Found(ListOffsetsResponse.UNKNOWN_OFFSET,
                ListOffsetsResponse.UNKNOWN_TIMESTAMP);

        static Found end(long offset) {
            return new Found(offset, ListOffsetsResponse.UNKNOWN_TIMESTAMP);
        }

        static Found of(Optional<TimedOffset> record) {
            return record.map(there -> new Found(there.offset(),
                    there.timestampMillis())).orElse(NOTHING);
        }
    }
}
