package io.cordwood.kafka.topics;

import io.cordwood.kafka.configs.NewTopicConfigs;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.Repeated;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.Invariant;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.CreateTopicsRequest;

/**
 * Creates topics. Replicas are the bucket's business: any factor is accepted, and none is kept.
 * Brokers that a client names to hold replicas must be there.
 */
public record CreateTopicsHandler(KafkaLog log) implements ApiHandler<CreateTopicsRequest> {

    /** How many partitions a topic gets if nobody says. */
    public static final int PARTITIONS_IF_NOT_SAID = 1;

    /** The only factor that there is: the bucket keeps the copies. */
    public static final short REPLICATION_FACTOR = 1;

    @Override
    public Future<Answer> handle(Call call, CreateTopicsRequest request) {
        CreateTopicsResponseData response = new CreateTopicsResponseData();
        List<Future<CreatableTopicResult>> topics = new ArrayList<>();
        Set<String> repeated = Repeated
                .of(request.data().topics().stream().map(CreatableTopic::name));
        request.data().topics().forEach(topic -> {
            CreatableTopicResult result = new CreatableTopicResult().setName(topic.name());
            response.topics().add(result);
            topics.add(create(topic, repeated.contains(topic.name()),
                    request.data().validateOnly())
                    .map(proposal -> created(result, proposal))
                    .otherwise(failure -> failed(result, failure)));
        });
        return Future.join(topics).map(done -> Answer.Response.of(response));
    }

    private Future<CreateTopic> create(CreatableTopic topic, boolean twice, boolean validateOnly) {
        return Future.succeededFuture().compose(nothing -> {
            if (twice) {
                throw Errors.INVALID_REQUEST.exception(
                        "the topic " + topic.name() + " is there more than once");
            }
            CreateTopic proposal = proposal(topic);
            if (!validateOnly) {
                return log.propose(proposal).map(proposal);
            }
            if (log.state().topic(proposal.name()).isPresent()) {
                throw Errors.TOPIC_ALREADY_EXISTS.exception();
            }
            return Future.succeededFuture(proposal);
        });
    }

    private CreateTopic proposal(CreatableTopic topic) {
        TopicName name = new TopicName(topic.name());
        short replicas = topic.replicationFactor();
        if (replicas != CreateTopicsRequest.NO_REPLICATION_FACTOR && replicas < 1) {
            throw Errors.INVALID_REPLICATION_FACTOR.exception(
                    "the replication factor is -1 or more than 0, not " + replicas);
        }
        int partitions = partitions(topic);
        if (partitions < 1) {
            throw Errors.INVALID_PARTITIONS.exception("a topic has at least one partition");
        }
        UUID id = log.ids().get();
        return new CreateTopic(id, name, partitions, NewTopicConfigs.checked(topic.configs()));
    }

    /** How many partitions; an assignment of replicas says that too, and nothing else here. */
    private int partitions(CreatableTopic topic) {
        int assigned = topic.assignments().size();
        if (assigned > 0) {
            topic.assignments().forEach(
                    assignment -> Replicas.check(log.state(), assignment.brokerIds()));
            if (!IntStream.range(0, assigned)
                    .allMatch(i -> topic.assignments().find(i) != null)) {
                throw Errors.INVALID_REPLICA_ASSIGNMENT.exception(
                        "partitions should be a consecutive 0-based integer sequence");
            }
            return assigned;
        }
        return topic.numPartitions() == CreateTopicsRequest.NO_NUM_PARTITIONS
                ? PARTITIONS_IF_NOT_SAID
                : topic.numPartitions();
    }

    private CreatableTopicResult created(CreatableTopicResult result, CreateTopic topic) {
        return result.setTopicId(TopicKey.uuid(topic.id())).setNumPartitions(topic.partitions())
                .setReplicationFactor(REPLICATION_FACTOR)
                .setConfigs(NewTopicConfigs.described(log.state(), topic.configs()));
    }

    private static CreatableTopicResult failed(CreatableTopicResult result, Throwable failure) {
        Invariant.rethrow(failure);
        return result.setErrorCode(Errors.forException(Failures.of(failure)).code())
                .setErrorMessage(failure.getMessage());
    }
}
