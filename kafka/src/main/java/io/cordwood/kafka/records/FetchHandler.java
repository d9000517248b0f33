package io.cordwood.kafka.records;

import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.kafka.cluster.SeenBrokers;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.cordwood.query.IsolationLevel;
import io.cordwood.query.Patience;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.FetchMetadata;
import org.apache.kafka.common.requests.FetchRequest;

/**
 * Reads batches of many partitions, when there are enough of them or the client has waited long
 * enough.
 *
 * <p>A client of another zone, or one that asks a node whose role is not to hand out records, is
 * told where it reads from best (KIP-392), and goes there. One that is too old for that is served.
 *
 * <p>There are no fetch sessions: a client that asks for one is told that it has none, and sends
 * whole requests. While a fetch waits it holds nothing; room for what it reads is taken before it
 * reads, and given back when the response is gone.
 *
 * @param bytesMax the most that is read for one fetch; clients that ask for more get this
 */
public record FetchHandler(KafkaLog log, Brokers brokers, int bytesMax)
        implements
            ApiHandler<FetchRequest> {

    private static final Duration WAIT_MAX = Duration.ofMinutes(5);

    /** The first version in which a client says its rack, and can be sent elsewhere. */
    private static final short WITH_PREFERRED_REPLICA = 11;

    @Override
    public Future<Answer> handle(Call call, FetchRequest request) {
        if (!request.metadata().isFull()) {
            throw Errors.FETCH_SESSION_ID_NOT_FOUND.exception();
        }
        FetchResponseData response = new FetchResponseData()
                .setSessionId(FetchMetadata.INVALID_SESSION_ID);
        List<PartitionFetch> fetches = prepare(request.data(), response);
        SeenBrokers seen = seenBy(call, request);
        if (request.version() >= WITH_PREFERRED_REPLICA && !seen.isReadFrom(brokers.self())) {
            Readers readers = new Readers(seen);
            fetches.forEach(fetch -> fetch.sendTo(readers, log.state()));
            return Future.succeededFuture(Answer.Response.of(response));
        }
        return await(request, fetches)
                .compose(waited -> read(Math.clamp(request.maxBytes(), 0, bytesMax), response,
                        fetches));
    }

    private SeenBrokers seenBy(Call call, FetchRequest request) {
        SeenBrokers seen = brokers.seenBy(call);
        String rack = request.data().rackId();
        return rack.isEmpty() ? seen : seen.from(Optional.of(rack));
    }

    private List<PartitionFetch> prepare(FetchRequestData request, FetchResponseData response) {
        List<PartitionFetch> fetches = new ArrayList<>();
        IsolationLevel isolation = Isolation.level(request.isolationLevel());
        request.topics().forEach(topic -> {
            FetchableTopicResponse results = new FetchableTopicResponse().setTopic(topic.topic())
                    .setTopicId(topic.topicId());
            response.responses().add(results);
            TopicKey key = TopicKey.of(topic.topic(), topic.topicId());
            topic.partitions().forEach(partition -> {
                PartitionFetch fetch = PartitionFetch.of(log.state(), key, partition,
                        isolation);
                results.partitions().add(fetch.result());
                fetches.add(fetch);
            });
        });
        return fetches;
    }

    /** Where a partition cannot be fetched from, the client is told without waiting for others. */
    private Future<Void> await(FetchRequest request, List<PartitionFetch> fetches) {
        Duration wait = fetches.stream().anyMatch(PartitionFetch::hasFailed)
                ? Duration.ZERO
                : Duration.ofMillis(Math.clamp(request.maxWait(), 0, WAIT_MAX.toMillis()));
        return log.query().awaitRecords(
                fetches.stream().flatMap(fetch -> fetch.wanted().stream()).toList(),
                new Patience(request.minBytes(), wait));
    }

    private Future<Answer> read(int bytes, FetchResponseData response,
            List<PartitionFetch> fetches) {
        fetches.forEach(fetch -> fetch.describe(log.state()));
        List<Share> shares = Share.divide(log.state(), fetches, bytes);
        if (shares.isEmpty()) {
            return Future.succeededFuture(Answer.Response.of(response));
        }
        long room = shares.stream().mapToLong(Share::bytesMax).sum();
        return log.reserve(room).compose(reserved -> Future
                .join(shares.stream().map(this::fetch).toList())
                .map(done -> new Answer.Response(response, () -> log.giveBack(room))));
    }

    private Future<Void> fetch(Share share) {
        return log.query().fetch(share.request()).transform(done -> {
            share.fetch().conclude(done);
            return Future.succeededFuture();
        });
    }
}
