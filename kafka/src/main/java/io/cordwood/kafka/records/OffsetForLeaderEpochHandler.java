package io.cordwood.kafka.records;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.EpochEndOffset;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData.OffsetForLeaderTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetsForLeaderEpochRequest;

/**
 * Says where an epoch ends, which consumers ask to find out whether a log was cut: never. They ask
 * whenever another broker leads. One that has not heard yet of what they have read is to look
 * before it speaks, or they believe that it was cut, and read it again.
 */
public record OffsetForLeaderEpochHandler(KafkaLog log)
        implements
            ApiHandler<OffsetsForLeaderEpochRequest> {

    @Override
    public Future<Answer> handle(Call call, OffsetsForLeaderEpochRequest request) {
        return log.fresh().map(fresh -> Answer.Response.of(ends(request)));
    }

    private OffsetForLeaderEpochResponseData ends(OffsetsForLeaderEpochRequest request) {
        OffsetForLeaderEpochResponseData response = new OffsetForLeaderEpochResponseData();
        request.data().topics().forEach(topic -> {
            OffsetForLeaderTopicResult results = new OffsetForLeaderTopicResult()
                    .setTopic(topic.topic());
            response.topics().add(results);
            topic.partitions().forEach(asked -> results.partitions()
                    .add(end(new TopicKey.Name(topic.topic()), asked)));
        });
        return response;
    }

    private EpochEndOffset end(TopicKey topic, OffsetForLeaderPartition asked) {
        EpochEndOffset result = new EpochEndOffset().setPartition(asked.partition());
        try {
            LeaderEpoch.check(asked.currentLeaderEpoch());
            long end = log.state().partition(topic.partition(log.state(), asked.partition()))
                    .orElseThrow(() -> topic.unknown().exception()).nextOffset();
            return asked.leaderEpoch() == LeaderEpoch.VALUE
                    ? result.setLeaderEpoch(LeaderEpoch.VALUE).setEndOffset(end)
                    : result;
        } catch (ApiException refused) {
            return result.setErrorCode(Errors.forException(refused).code());
        }
    }
}
