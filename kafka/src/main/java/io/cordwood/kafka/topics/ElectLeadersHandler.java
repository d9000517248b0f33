package io.cordwood.kafka.topics;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import java.util.Optional;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.ElectLeadersResponseData.PartitionResult;
import org.apache.kafka.common.message.ElectLeadersResponseData.ReplicaElectionResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ElectLeadersRequest;

/** Tells that no partition needs another leader: this broker leads them all, and prefers to. */
public record ElectLeadersHandler(KafkaLog log) implements ApiHandler<ElectLeadersRequest> {

    /** Who asks for all partitions is told of those that got another leader: none. */
    @Override
    public Future<Answer> handle(Call call, ElectLeadersRequest request) {
        ElectLeadersResponseData response = new ElectLeadersResponseData();
        Optional.ofNullable(request.data().topicPartitions()).ifPresent(topics -> topics
                .forEach(topic -> response.replicaElectionResults().add(results(topic))));
        return Future.succeededFuture(Answer.Response.of(response));
    }

    private ReplicaElectionResult results(TopicPartitions topic) {
        ReplicaElectionResult results = new ReplicaElectionResult().setTopic(topic.topic());
        topic.partitions().forEach(number -> results.partitionResult()
                .add(result(new TopicKey.Name(topic.topic()), number)));
        return results;
    }

    private PartitionResult result(TopicKey topic, int number) {
        Errors error = Errors.ELECTION_NOT_NEEDED;
        try {
            topic.partition(log.state(), number);
        } catch (ApiException unknown) {
            error = Errors.forException(unknown);
        }
        return new PartitionResult().setPartitionId(number).setErrorCode(error.code())
                .setErrorMessage(error.message());
    }
}
