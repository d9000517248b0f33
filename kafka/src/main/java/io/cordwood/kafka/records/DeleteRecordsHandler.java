package io.cordwood.kafka.records;

import io.cordwood.kafka.configs.TopicRules;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.manifest.commit.DeleteRecords;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.Invariant;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsResponseData;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsPartitionResult;
import org.apache.kafka.common.message.DeleteRecordsResponseData.DeleteRecordsTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DeleteRecordsRequest;
import org.apache.kafka.common.requests.DeleteRecordsResponse;

/** Deletes the records of partitions before an offset. Nobody reads them from then on. */
public record DeleteRecordsHandler(KafkaLog log) implements ApiHandler<DeleteRecordsRequest> {

    @Override
    public Future<Answer> handle(Call call, DeleteRecordsRequest request) {
        DeleteRecordsResponseData response = new DeleteRecordsResponseData();
        List<Future<DeleteRecordsPartitionResult>> deletions = new ArrayList<>();
        request.data().topics().forEach(topic -> {
            DeleteRecordsTopicResult results = new DeleteRecordsTopicResult()
                    .setName(topic.name());
            response.topics().add(results);
            topic.partitions().forEach(asked -> {
                DeleteRecordsPartitionResult result = new DeleteRecordsPartitionResult()
                        .setPartitionIndex(asked.partitionIndex());
                results.partitions().add(result);
                deletions.add(delete(new TopicKey.Name(topic.name()), asked)
                        .map(result::setLowWatermark)
                        .otherwise(failure -> failed(result, failure)));
            });
        });
        return Future.join(deletions).map(done -> Answer.Response.of(response));
    }

    private Future<Long> delete(TopicKey key, DeleteRecordsPartition asked) {
        return Future.succeededFuture().compose(nothing -> {
            ManifestState state = log.state();
            PartitionId partition = key.partition(state, asked.partitionIndex());
            TopicState topic = key.find(state).orElseThrow();
            if (!TopicRules.of(state, topic).deletes()) {
                throw Errors.POLICY_VIOLATION.exception("records of the topic " + topic.name()
                        + " are not deleted: its cleanup.policy is not 'delete'");
            }
            return log.propose(new DeleteRecords(partition, before(asked.offset())));
        });
    }

    private static OptionalLong before(long offset) {
        return offset == DeleteRecordsRequest.HIGH_WATERMARK
                ? OptionalLong.empty()
                : OptionalLong.of(offset);
    }

    private static DeleteRecordsPartitionResult failed(DeleteRecordsPartitionResult result,
            Throwable failure) {
        Invariant.rethrow(failure);
        return result.setErrorCode(Errors.forException(Failures.of(failure)).code())
                .setLowWatermark(DeleteRecordsResponse.INVALID_LOW_WATERMARK);
    }
}
