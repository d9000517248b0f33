package io.cordwood.kafka.records;

import io.cordwood.ingest.Appended;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.runtime.Invariant;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ProduceResponseData.PartitionProduceResponse;
import org.apache.kafka.common.message.ProduceResponseData.TopicProduceResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.ProduceResponse;

/**
 * Appends batches, each stored as it came, or stamped where the topic wants that. All batches of a
 * request are with ingest before the next request of the connection is looked at, so their order
 * holds.
 */
public record ProduceHandler(KafkaLog log) implements ApiHandler<ProduceRequest> {

    private static final short ACKS_NONE = 0;
    private static final short ACKS_ALL = -1;
    private static final short ACKS_LEADER = 1;

    @Override
    public Future<Answer> handle(Call call, ProduceRequest request) {
        if (request.acks() < ACKS_ALL || request.acks() > ACKS_LEADER) {
            throw Errors.INVALID_REQUIRED_ACKS.exception();
        }
        ProduceResponseData response = new ProduceResponseData();
        List<Future<PartitionProduceResponse>> appends = new ArrayList<>();
        for (TopicProduceData topic : request.data().topicData()) {
            TopicProduceResponse results = new TopicProduceResponse().setName(topic.name())
                    .setTopicId(topic.topicId());
            response.responses().add(results);
            TopicAppend append = TopicAppend.of(log, TopicKey.of(topic.name(), topic.topicId()));
            for (PartitionProduceData data : topic.partitionData()) {
                PartitionProduceResponse result = new PartitionProduceResponse()
                        .setIndex(data.index());
                results.partitionResponses().add(result);
                appends.add(append(call, append, data, result));
            }
        }
        return Future.join(appends).map(done -> request.acks() == ACKS_NONE
                ? unasked(appends)
                : Answer.Response.of(response));
    }

    /** Appends the batch of a partition. The future always succeeds, the result filled in. */
    private Future<PartitionProduceResponse> append(Call call, TopicAppend topic,
            PartitionProduceData data, PartitionProduceResponse result) {
        return Future.succeededFuture().compose(nothing -> {
            PartitionId partition = topic.key().partition(log.state(), data.index());
            return log.ingest().append(partition, topic.admit(batch(call, data)))
                    .map(appended -> stored(result, partition, appended)
                            .setLogAppendTimeMs(topic.appendTimeMillis()));
        }).otherwise(failure -> failed(result, failure));
    }

    private static ValidBatch batch(Call call, PartitionProduceData data) {
        if (!(data.records() instanceof MemoryRecords records)) {
            throw new InvalidRecordException("a produce request has records");
        }
        ValidBatch batch = ValidBatch.of(records.buffer(), BatchLimits.STANDARD);
        ProduceRequest.validateRecords(call.version(), records);
        return ProduceRequest.isTransactionV2Requested(call.version()) ? batch.joining() : batch;
    }

    private PartitionProduceResponse stored(PartitionProduceResponse result,
            PartitionId partition, Appended appended) {
        return result.setBaseOffset(appended.baseOffset())
                .setLogStartOffset(log.state().partition(partition)
                        .map(PartitionState::startOffset).orElse(ProduceResponse.INVALID_OFFSET));
    }

    private static PartitionProduceResponse failed(PartitionProduceResponse result,
            Throwable failure) {
        Invariant.rethrow(failure);
        Errors error = Errors.forException(Failures.of(failure));
        return result.setErrorCode(error.code()).setErrorMessage(failure.getMessage())
                .setBaseOffset(ProduceResponse.INVALID_OFFSET);
    }

    /** A client that does not ask for an answer learns of a failure by a closed connection. */
    private static Answer unasked(List<Future<PartitionProduceResponse>> appends) {
        return appends.stream().map(Future::result)
                .filter(result -> result.errorCode() != Errors.NONE.code()).findFirst()
                .<Answer>map(failed -> new Answer.HangUp("a batch without acknowledgement failed: "
                        + failed.errorMessage()))
                .orElseGet(Answer.Silence::new);
    }
}
