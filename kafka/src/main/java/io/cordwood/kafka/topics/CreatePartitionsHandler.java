package io.cordwood.kafka.topics;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.Repeated;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.manifest.commit.AddPartitions;
import io.cordwood.manifest.commit.Decision;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.Invariant;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsAssignment;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreatePartitionsResponseData.CreatePartitionsTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.CreatePartitionsRequest;

/** Gives topics more partitions. What is in those that they have stays where it is. */
public record CreatePartitionsHandler(KafkaLog log)
        implements
            ApiHandler<CreatePartitionsRequest> {

    @Override
    public Future<Answer> handle(Call call, CreatePartitionsRequest request) {
        CreatePartitionsResponseData response = new CreatePartitionsResponseData();
        List<Future<CreatePartitionsTopicResult>> topics = new ArrayList<>();
        Set<String> repeated = Repeated
                .of(request.data().topics().stream().map(CreatePartitionsTopic::name));
        request.data().topics().forEach(topic -> {
            CreatePartitionsTopicResult result = new CreatePartitionsTopicResult()
                    .setName(topic.name());
            response.results().add(result);
            topics.add(grow(topic, repeated.contains(topic.name()),
                    request.data().validateOnly()).map(result)
                    .otherwise(failure -> failed(result, failure)));
        });
        return Future.join(topics).map(done -> Answer.Response.of(response));
    }

    private Future<?> grow(CreatePartitionsTopic asked, boolean twice, boolean validateOnly) {
        return Future.succeededFuture().compose(nothing -> {
            if (twice) {
                throw Errors.INVALID_REQUEST.exception(
                        "the topic " + asked.name() + " is there more than once");
            }
            ManifestState state = log.state();
            TopicState topic = new TopicKey.Name(asked.name()).find(state)
                    .orElseThrow(Errors.UNKNOWN_TOPIC_OR_PARTITION::exception);
            Optional.ofNullable(asked.assignments()).ifPresent(assignments -> check(assignments,
                    asked.count() - topic.partitionCount()));
            AddPartitions proposal = new AddPartitions(topic.name(), asked.count());
            return validateOnly ? judge(proposal, state) : log.propose(proposal);
        });
    }

    /** What would become of it. */
    private static Future<Integer> judge(AddPartitions proposal, ManifestState state) {
        return proposal.decide(state, 0) instanceof Decision.Refused<Integer> refused
                ? Future.failedFuture(refused.reason())
                : Future.succeededFuture(proposal.partitions());
    }

    private void check(List<CreatePartitionsAssignment> assignments, int added) {
        if (added > 0 && assignments.size() != added) {
            throw Errors.INVALID_REPLICA_ASSIGNMENT.exception("Attempted to add " + added
                    + " additional partition(s), but only " + assignments.size()
                    + " assignment(s) were specified.");
        }
        assignments.forEach(assignment -> Replicas.check(log.state(), assignment.brokerIds()));
    }

    private static CreatePartitionsTopicResult failed(CreatePartitionsTopicResult result,
            Throwable failure) {
        Invariant.rethrow(failure);
        return result.setErrorCode(Errors.forException(Failures.of(failure)).code())
                .setErrorMessage(failure.getMessage());
    }
}
