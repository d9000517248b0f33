package io.cordwood.kafka.topics;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignablePartitionResponse;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData.ReassignableTopicResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AlterPartitionReassignmentsRequest;

/** Lets partitions stay where they are, and refuses to take them elsewhere: there is one broker. */
public record AlterPartitionReassignmentsHandler(KafkaLog log)
        implements
            ApiHandler<AlterPartitionReassignmentsRequest> {

    @Override
    public Future<Answer> handle(Call call, AlterPartitionReassignmentsRequest request) {
        var response = new AlterPartitionReassignmentsResponseData();
        request.data().topics().forEach(topic -> {
            ReassignableTopicResponse results = new ReassignableTopicResponse()
                    .setName(topic.name());
            response.responses().add(results);
            topic.partitions().forEach(asked -> results.partitions()
                    .add(answer(new TopicKey.Name(topic.name()), asked)));
        });
        return Future.succeededFuture(Answer.Response.of(response));
    }

    private ReassignablePartitionResponse answer(TopicKey topic, ReassignablePartition asked) {
        ReassignablePartitionResponse result = new ReassignablePartitionResponse()
                .setPartitionIndex(asked.partitionIndex());
        try {
            topic.partition(log.state(), asked.partitionIndex());
            if (asked.replicas() == null) {
                throw Errors.NO_REASSIGNMENT_IN_PROGRESS.exception();
            }
            Replicas.check(log.state(), asked.replicas());
            return result;
        } catch (ApiException refused) {
            return result.setErrorCode(Errors.forException(refused).code())
                    .setErrorMessage(refused.getMessage());
        }
    }
}
