package io.cordwood.server.log;

import io.cordwood.ingest.Ingest;
import io.cordwood.kafka.configs.TopicRules;
import io.cordwood.manifest.commit.Commits;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.commit.DeleteTopic;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.query.FetchRequest;
import io.cordwood.query.Fetched;
import io.cordwood.query.Patience;
import io.cordwood.query.Query;
import io.cordwood.runtime.ByteBudget;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.server.vertx.CallerContext;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.batch.TimedOffset;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;

/** The log of this node: appends go to its ingest, reads to its query, topics to its committer. */
public final class LocalRecordLog implements RecordLog {

    /** What a read holds in memory beyond what it asks for: one batch, and its records unpacked. */
    private static final int READ_OVERHEAD_BYTES = 2 << 20;

    private final Parts parts;
    private final Budgets budgets;
    private final Supplier<UUID> ids;
    private final RecordAppender appender;
    private final TopicSearch topics;

    public LocalRecordLog(Parts parts, Budgets budgets, Supplier<UUID> ids) {
        this.parts = parts;
        this.budgets = budgets;
        this.ids = ids;
        this.appender = new RecordAppender(parts.ingest(), parts.loop()::now);
        this.topics = new TopicSearch(parts.loop(), parts.follower());
    }

    @Override
    public List<TopicDescription> topics() {
        List<TopicDescription> all = new ArrayList<>();
        parts.follower().state().topics().forEach(topic -> all.add(describe(topic)));
        return all;
    }

    @Override
    public Future<TopicDescription> topic(TopicName name) {
        return topics.find(name, topic -> Future.succeededFuture(describe(topic)));
    }

    @Override
    public Future<Void> createTopic(TopicName name, int partitions) {
        CallerContext caller = CallerContext.current();
        CreateTopic proposal = new CreateTopic(ids.get(), name, partitions);
        return caller.bring(parts.loop().submit(() -> parts.commits().commit(proposal)))
                .mapEmpty();
    }

    @Override
    public Future<Void> deleteTopic(TopicName name) {
        CallerContext caller = CallerContext.current();
        return caller.bring(
                parts.loop().submit(() -> parts.commits().commit(new DeleteTopic(name))))
                .mapEmpty();
    }

    @Override
    public Future<List<AppendResult>> append(TopicName topic, List<NewRecord> records) {
        CallerContext caller = CallerContext.current();
        return topics.find(topic, found -> caller.bring(appender.append(found,
                TopicRules.of(parts.follower().state(), found), records)));
    }

    @Override
    public Future<RecordPage> read(TopicName topic, int partition, ReadRequest request) {
        CallerContext caller = CallerContext.current();
        return partition(topic, partition).compose(id -> {
            FetchRequest fetch = FetchRequest.atLeastOne(id, request.offset(),
                    request.bytesMax());
            return caller.bring(fetchWithinBudget(fetch, request.waitMax()));
        }).map(fetched -> page(fetched, request.offset()));
    }

    @Override
    public Future<OffsetRange> offsets(TopicName topic, int partition) {
        return fresh().compose(fresh -> partition(topic, partition)).map(id -> {
            PartitionState state = parts.follower().state().partition(id)
                    .orElseThrow(() -> unknown(topic, partition));
            return new OffsetRange(state.startOffset(), state.nextOffset());
        });
    }

    @Override
    public Future<OptionalLong> offsetAt(TopicName topic, int partition, long timestampMillis) {
        CallerContext caller = CallerContext.current();
        return fresh().compose(fresh -> partition(topic, partition))
                .compose(id -> caller.bring(searchWithinBudget(id, timestampMillis)))
                .map(found -> found.map(record -> OptionalLong.of(record.offset()))
                        .orElse(OptionalLong.empty()));
    }

    @Override
    public Future<Void> reserve(long bytes) {
        return CallerContext.current()
                .bring(parts.loop().submit(() -> budgets.requests().acquire(bytes)));
    }

    @Override
    public void release(long bytes) {
        parts.loop().execute(() -> budgets.requests().release(bytes));
    }

    /** Readers that wait at the end hold nothing: only what is read is counted, and while it is. */
    private Future<Fetched> fetchWithinBudget(FetchRequest fetch, Duration waitMax) {
        long bytes = (long) fetch.bytesMax() + READ_OVERHEAD_BYTES;
        return parts.loop().submit(() -> parts.query()
                .awaitRecords(List.of(fetch), Patience.ofAnything(waitMax))
                .compose(there -> budgets.reads().acquire(bytes))
                .compose(acquired -> parts.query().fetch(fetch)
                        .onComplete(done -> budgets.reads().release(bytes))));
    }

    private Future<Optional<TimedOffset>> searchWithinBudget(PartitionId id, long millis) {
        return parts.loop().submit(() -> budgets.reads().acquire(READ_OVERHEAD_BYTES)
                .compose(acquired -> parts.query().recordAt(id, millis)
                        .onComplete(done -> budgets.reads().release(READ_OVERHEAD_BYTES))));
    }

    private static RecordPage page(Fetched fetched, long fromOffset) {
        List<StoredRecord> records = new ArrayList<>();
        for (ByteBuffer part : fetched.parts()) {
            records.addAll(BatchDecoder.records(part, fromOffset,
                    (producerId, offset) -> isAborted(fetched, producerId, offset)));
        }
        return new RecordPage(records, fetched.nextOffset(),
                new OffsetRange(fetched.partition().startOffset(),
                        fetched.partition().nextOffset()));
    }

    private static boolean isAborted(Fetched fetched, long producerId, long offset) {
        return fetched.aborted().stream().anyMatch(aborted -> aborted.producerId() == producerId
                && offset >= aborted.firstOffset() && offset <= aborted.lastOffset());
    }

    /** What is true at the end of the log, which is asked for: others may have added to it. */
    private Future<ManifestState> fresh() {
        return CallerContext.current()
                .bring(parts.loop().submit(() -> parts.follower().catchUp()));
    }

    private Future<PartitionId> partition(TopicName name, int partition) {
        return topics.find(name, topic -> partition >= 0 && partition < topic.partitionCount()
                ? Future.succeededFuture(new PartitionId(topic.id(), partition))
                : Future.failedFuture(unknown(name, partition)));
    }

    private static RejectedException unknown(TopicName topic, int partition) {
        return new RejectedException(Reason.UNKNOWN_PARTITION,
                "topic " + topic + " has no partition " + partition);
    }

    private static TopicDescription describe(TopicState topic) {
        return new TopicDescription(topic.id(), topic.name(), topic.partitionCount());
    }

    /** What the log of a node is made of. */
    public record Parts(EventLoop loop, Follower follower, Commits commits, Ingest ingest,
            Query query) {}

    /**
     * The bounds of what the edges hold.
     *
     * @param requests bodies of requests while they are handled
     * @param reads batches while they are read
     */
    public record Budgets(ByteBudget requests, ByteBudget reads) {}
}
