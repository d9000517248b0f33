package io.cordwood.kafka.topics;

import io.cordwood.kafka.cluster.AllowedOperations;
import io.cordwood.kafka.cluster.Broker;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.RejectedException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponsePartition;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseTopic;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Tells clients which topics there are and where to go with them: here.
 *
 * @param autoCreate makes a topic, of one partition, where a client that asks for it by name lets
 *        it be made
 */
public record MetadataHandler(KafkaLog log, Broker broker, boolean autoCreate)
        implements
            ApiHandler<MetadataRequest> {

    private static final int PARTITIONS_IF_AUTO_CREATED = 1;

    @Override
    public Future<Answer> handle(Call call, MetadataRequest request) {
        List<Future<MetadataResponseTopic>> topics = new ArrayList<>();
        boolean operations = request.data().includeTopicAuthorizedOperations();
        if (request.isAllTopics()) {
            log.state().topics().forEach(
                    topic -> topics.add(Future.succeededFuture(describe(topic, operations))));
        } else {
            request.data().topics().forEach(asked -> topics.add(
                    find(asked, request.allowAutoTopicCreation() && autoCreate)
                            .map(topic -> describe(topic, operations))
                            .otherwise(failure -> unknown(asked, failure))));
        }
        return Future.join(topics).map(done -> Answer.Response.of(response(call, request,
                topics.stream().map(Future::result).toList())));
    }

    private MetadataResponseData response(Call call, MetadataRequest request,
            List<MetadataResponseTopic> topics) {
        MetadataResponseData response = new MetadataResponseData()
                .setClusterId(broker.clusterId()).setControllerId(broker.id())
                .setClusterAuthorizedOperations(AllowedOperations.on(ResourceType.CLUSTER,
                        request.data().includeClusterAuthorizedOperations()));
        response.brokers().add(broker.at(call.reached()));
        topics.forEach(response.topics()::add);
        return response;
    }

    private Future<TopicState> find(MetadataRequestTopic asked, boolean create) {
        TopicKey key = TopicKey.of(asked.name(), asked.topicId());
        Optional<TopicState> topic = key.find(log.state());
        if (topic.isPresent()) {
            return Future.succeededFuture(topic.get());
        }
        return key instanceof TopicKey.Name name && create
                ? create(name)
                : Future.failedFuture(failure(key).exception());
    }

    /** Whoever made it, what counts is that it is there. */
    private Future<TopicState> create(TopicKey.Name key) {
        return Future.succeededFuture()
                .compose(nothing -> log.propose(new CreateTopic(log.ids().get(),
                        new TopicName(key.value()), PARTITIONS_IF_AUTO_CREATED)))
                .mapEmpty()
                .recover(failure -> isThere(failure)
                        ? Future.succeededFuture()
                        : Future.failedFuture(failure))
                .map(made -> key.find(log.state()).orElseThrow(() -> key.unknown().exception()));
    }

    private static boolean isThere(Throwable failure) {
        return failure instanceof RejectedException rejected
                && rejected.reason() == RejectedException.Reason.TOPIC_EXISTS;
    }

    private static Errors failure(TopicKey key) {
        return key instanceof TopicKey.Name name && !isName(name.value())
                ? Errors.INVALID_TOPIC_EXCEPTION
                : key.unknown();
    }

    private static boolean isName(String text) {
        try {
            return !new TopicName(text).value().isEmpty();
        } catch (RejectedException illegal) {
            return false;
        }
    }

    private static MetadataResponseTopic unknown(MetadataRequestTopic asked, Throwable failure) {
        Invariant.rethrow(failure);
        return new MetadataResponseTopic().setName(asked.name()).setTopicId(asked.topicId())
                .setErrorCode(Errors.forException(Failures.of(failure)).code());
    }

    private MetadataResponseTopic describe(TopicState topic, boolean operations) {
        MetadataResponseTopic description = new MetadataResponseTopic()
                .setName(topic.name().value()).setTopicId(TopicKey.uuid(topic.id()))
                .setTopicAuthorizedOperations(
                        AllowedOperations.on(ResourceType.TOPIC, operations));
        for (int i = 0; i < topic.partitionCount(); i++) {
            description.partitions().add(new MetadataResponsePartition().setPartitionIndex(i)
                    .setLeaderId(broker.id()).setLeaderEpoch(0)
                    .setReplicaNodes(List.of(broker.id())).setIsrNodes(List.of(broker.id())));
        }
        return description;
    }
}
