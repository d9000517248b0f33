package io.cordwood.groups.offsets;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.Invariant;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopics;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.OffsetFetchRequest;
import org.apache.kafka.common.requests.OffsetFetchResponse;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/**
 * Reads the offsets of groups. Newer clients name topics by id, the coordinator does not.
 *
 * <p>The end of the log is looked at before the coordinator is asked: where others have taken the
 * group while this node stood still, it does not know it yet, and what it has is over.
 */
public record OffsetFetchHandler(KafkaLog log, GroupCoordinator coordinator)
        implements
            ApiHandler<OffsetFetchRequest> {

    @Override
    public Future<Answer> handle(Call call, OffsetFetchRequest request) {
        return log.fresh().recover(OffsetFetchHandler::mayBeAnother)
                .compose(fresh -> fetch(call, request));
    }

    /** Clients look for the coordinator anew, and ask again. */
    private static <T> Future<T> mayBeAnother(Throwable unreachable) {
        Invariant.rethrow(unreachable);
        return Future.failedFuture(Errors.NOT_COORDINATOR.exception());
    }

    private Future<Answer> fetch(Call call, OffsetFetchRequest request) {
        boolean byId = OffsetFetchRequest.useTopicIds(call.version());
        List<Future<OffsetFetchResponseGroup>> groups = new ArrayList<>();
        request.groups().forEach(group -> groups.add(byId
                ? fetchById(call, group, request.requireStable())
                : fetch(call, group, request.requireStable())));
        return Future.all(groups).map(done -> Answer.Response.of(new OffsetFetchResponse.Builder(
                groups.stream().map(Future::result).toList()).build(call.version()).data()));
    }

    private Future<OffsetFetchResponseGroup> fetch(Call call, OffsetFetchRequestGroup group,
            boolean requireStable) {
        return Coordinated.future(coordinator.fetchOffsets(call.context(), group, requireStable));
    }

    private Future<OffsetFetchResponseGroup> fetchById(Call call, OffsetFetchRequestGroup group,
            boolean requireStable) {
        List<OffsetFetchResponseTopics> unknown = new ArrayList<>();
        Optional.ofNullable(group.topics())
                .ifPresent(topics -> group.setTopics(nameAll(topics, unknown)));
        return fetch(call, group, requireStable).map(fetched -> {
            fetched.topics().forEach(topic -> new TopicKey.Name(topic.name()).find(log.state())
                    .ifPresent(there -> topic.setTopicId(TopicKey.uuid(there.id()))));
            unknown.addAll(0, fetched.topics());
            return fetched.errorCode() == Errors.NONE.code() ? fetched.setTopics(unknown) : fetched;
        });
    }

    private List<OffsetFetchRequestTopics> nameAll(List<OffsetFetchRequestTopics> topics,
            List<OffsetFetchResponseTopics> unknown) {
        List<OffsetFetchRequestTopics> known = new ArrayList<>();
        for (OffsetFetchRequestTopics topic : topics) {
            Optional<TopicState> there = new TopicKey.Id(topic.topicId()).find(log.state());
            if (there.isPresent()) {
                known.add(topic.setName(there.get().name().value()));
            } else {
                unknown.add(unknown(topic));
            }
        }
        return known;
    }

    private static OffsetFetchResponseTopics unknown(OffsetFetchRequestTopics topic) {
        return new OffsetFetchResponseTopics().setTopicId(topic.topicId())
                .setPartitions(topic.partitionIndexes().stream()
                        .map(partition -> new OffsetFetchResponsePartitions()
                                .setPartitionIndex(partition)
                                .setErrorCode(Errors.UNKNOWN_TOPIC_ID.code())
                                .setCommittedOffset(OffsetFetchResponse.INVALID_OFFSET)
                                .setMetadata(OffsetFetchResponse.NO_METADATA))
                        .toList());
    }
}
