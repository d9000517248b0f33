package io.cordwood.kafka.topics;

import io.cordwood.kafka.cluster.AllowedOperations;
import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.kafka.cluster.SeenBrokers;
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
 * Tells clients which topics there are and where to go with them.
 *
 * @param autoCreate makes a topic, of one partition, where a client that asks for it by name lets
 *        it be made
 */
public record MetadataHandler(KafkaLog log, Brokers brokers, boolean autoCreate)
        implements
            ApiHandler<MetadataRequest> {

    private static final int PARTITIONS_IF_AUTO_CREATED = 1;

    @Override
    public Future<Answer> handle(Call call, MetadataRequest request) {
        List<Future<MetadataResponseTopic>> topics = new ArrayList<>();
        Describer describer = new Describer(brokers.seenBy(call),
                request.data().includeTopicAuthorizedOperations());
        if (request.isAllTopics()) {
            log.state().topics().forEach(
                    topic -> topics.add(Future.succeededFuture(describer.describe(topic))));
        } else {
            request.data().topics().forEach(asked -> topics.add(
                    find(asked, request.allowAutoTopicCreation() && autoCreate)
                            .map(describer::describe)
                            .otherwise(failure -> unknown(asked, failure))));
        }
        return Future.join(topics).map(done -> Answer.Response.of(response(request, describer,
                topics.stream().map(Future::result).toList())));
    }

    private MetadataResponseData response(MetadataRequest request, Describer describer,
            List<MetadataResponseTopic> topics) {
        MetadataResponseData response = new MetadataResponseData()
                .setClusterId(brokers.clusterId())
                .setControllerId(describer.seen().controller())
                .setClusterAuthorizedOperations(AllowedOperations.on(ResourceType.CLUSTER,
                        request.data().includeClusterAuthorizedOperations()));
        describer.seen().inMetadata().forEach(response.brokers()::add);
        topics.forEach(response.topics()::add);
        return response;
    }

    private Future<TopicState> find(MetadataRequestTopic asked, boolean create) {
        TopicKey key = TopicKey.of(asked.name(), asked.topicId());
        Optional<TopicState> topic = key.find(log.state());
        return topic.isPresent()
                ? Future.succeededFuture(topic.get())
                : log.fresh().compose(fresh -> findFresh(key, create));
    }

    /** What was just made elsewhere is not told to be unknown. */
    private Future<TopicState> findFresh(TopicKey key, boolean create) {
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

    /**
     * Describes topics to one client.
     *
     * @param operations whether it wants to know what it may do
     */
    private record Describer(SeenBrokers seen, boolean operations) {

        MetadataResponseTopic describe(TopicState topic) {
            MetadataResponseTopic description = new MetadataResponseTopic()
                    .setName(topic.name().value()).setTopicId(TopicKey.uuid(topic.id()))
                    .setTopicAuthorizedOperations(
                            AllowedOperations.on(ResourceType.TOPIC, operations));
            List<List<Integer>> replicas = seen.replicas(topic);
            for (int i = 0; i < replicas.size(); i++) {
                description.partitions().add(new MetadataResponsePartition()
                        .setPartitionIndex(i).setLeaderId(replicas.get(i).getFirst())
                        .setLeaderEpoch(0).setReplicaNodes(replicas.get(i))
                        .setIsrNodes(replicas.get(i)));
            }
            return description;
        }
    }
}
