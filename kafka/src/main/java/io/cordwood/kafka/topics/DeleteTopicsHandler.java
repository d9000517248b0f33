package io.cordwood.kafka.topics;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.manifest.commit.DeleteTopic;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.Invariant;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsResponseData.DeletableTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DeleteTopicsRequest;

/** Deletes topics, by name or by id. */
public record DeleteTopicsHandler(KafkaLog log) implements ApiHandler<DeleteTopicsRequest> {

    @Override
    public Future<Answer> handle(Call call, DeleteTopicsRequest request) {
        DeleteTopicsResponseData response = new DeleteTopicsResponseData();
        List<Future<DeletableTopicResult>> topics = new ArrayList<>();
        request.topics().forEach(topic -> {
            DeletableTopicResult result = new DeletableTopicResult().setName(topic.name())
                    .setTopicId(topic.topicId());
            response.responses().add(result);
            topics.add(delete(topic).map(deleted -> result.setName(deleted.name().value())
                    .setTopicId(TopicKey.uuid(deleted.id())))
                    .otherwise(failure -> failed(result, failure)));
        });
        return Future.join(topics).map(done -> Answer.Response.of(response));
    }

    private Future<TopicState> delete(DeleteTopicState asked) {
        TopicKey key = TopicKey.of(asked.name(), asked.topicId());
        return key.find(log.state())
                .map(topic -> log.propose(new DeleteTopic(topic.name())).map(topic))
                .orElseGet(() -> Future.failedFuture(key.unknown().exception()));
    }

    private static DeletableTopicResult failed(DeletableTopicResult result, Throwable failure) {
        Invariant.rethrow(failure);
        return result.setErrorCode(Errors.forException(Failures.of(failure)).code())
                .setErrorMessage(failure.getMessage());
    }
}
