package io.cordwood.groups.members;

import io.cordwood.groups.offsets.Coordinated;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.RejectedException;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.requests.StreamsGroupHeartbeatRequest;
import org.apache.kafka.coordinator.group.GroupCoordinator;
import org.apache.kafka.coordinator.group.streams.StreamsGroupHeartbeatResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from members of a streams group, and makes the topics that their topology needs: members
 * are told to wait until they are there.
 */
public record StreamsGroupHeartbeatHandler(KafkaLog log, GroupCoordinator coordinator)
        implements
            ApiHandler<StreamsGroupHeartbeatRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(StreamsGroupHeartbeatHandler.class);

    @Override
    public Future<Answer> handle(Call call, StreamsGroupHeartbeatRequest request) {
        return Coordinated
                .future(coordinator.streamsGroupHeartbeat(call.context(), request.data()))
                .map(this::answer);
    }

    private Answer answer(StreamsGroupHeartbeatResult result) {
        result.creatableTopics().values().forEach(this::create);
        return Answer.Response.of(result.data());
    }

    private void create(CreatableTopic topic) {
        Map<String, String> configs = new HashMap<>();
        topic.configs().forEach(config -> configs.put(config.name(), config.value()));
        log.propose(new CreateTopic(log.ids().get(), new TopicName(topic.name()),
                topic.numPartitions(), Configs.of(configs))).onFailure(failure -> {
                    Invariant.rethrow(failure);
                    if (!isThere(failure)) {
                        LOG.warn("The topic {} of a streams group was not made: {}", topic.name(),
                                failure.toString());
                    }
                });
    }

    private static boolean isThere(Throwable failure) {
        return failure instanceof RejectedException rejected
                && rejected.reason() == RejectedException.Reason.TOPIC_EXISTS;
    }
}
