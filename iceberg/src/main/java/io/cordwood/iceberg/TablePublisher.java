package io.cordwood.iceberg;

import io.cordwood.iceberg.table.BucketUri;
import io.cordwood.iceberg.table.TableContents;
import io.cordwood.iceberg.table.TableWriter;
import io.cordwood.iceberg.table.WrittenTable;
import io.cordwood.manifest.commit.Commits;
import io.cordwood.manifest.commit.PublishTable;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.Workers;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the manifest now and then, and publishes a version of each table that does not list what
 * its topic has of history, one at a time. Whatever fails is found again at the next look. A crash
 * at any step leaves objects that nobody needs, and nothing else. Confined to a loop.
 *
 * <p>A table may list files that are garbage already until its next version, so looks must be far
 * closer together than the grace after which garbage is deleted.
 */
public final class TablePublisher {

    private static final Logger LOG = LoggerFactory.getLogger(TablePublisher.class);

    private static final long NEVER = -1;

    private final Parts parts;
    private final Duration pause;
    private final TableWriter writer;
    private long idleSequence = NEVER;
    private volatile boolean stopped;
    private volatile PublisherStatistics statistics = PublisherStatistics.NONE;

    /**
     * A publisher that has not started.
     *
     * @param uri where other engines find the bucket
     * @param pause between two looks
     */
    public TablePublisher(Parts parts, BucketUri uri, Duration pause) {
        this.parts = parts;
        this.pause = pause;
        this.writer = new TableWriter(uri);
    }

    /** Works from now on, while this process is the committer. Called on the loop. */
    public void start() {
        parts.loop().schedule(pause, this::look);
    }

    /** Begins nothing any more; what it has begun costs only work. Any thread may call. */
    public void stop() {
        stopped = true;
    }

    /** What it has done. Any thread may call. */
    public PublisherStatistics statistics() {
        return statistics;
    }

    private void look() {
        if (isOver()) {
            return;
        }
        Future.succeededFuture().compose(begun -> parts.commits().isCommitter()
                ? publishAll()
                : Future.succeededFuture()).onFailure(this::report)
                .onComplete(done -> parts.loop().schedule(pause, this::look));
    }

    private boolean isOver() {
        return stopped || parts.commits().ended().isComplete();
    }

    private ManifestState state() {
        return parts.follower().state();
    }

    private void report(Throwable failure) {
        Invariant.rethrow(failure);
        statistics = statistics.withFailure();
        if (!isOver()) {
            LOG.warn("The table will be published later: {}", failure.toString());
        }
    }

    private Future<Void> publishAll() {
        ManifestState state = state();
        if (state.sequence() == idleSequence) {
            return Future.succeededFuture();
        }
        return parts.loop().confine(parts.workers().call(() -> due(state))).compose(topics -> {
            idleSequence = topics.isEmpty() ? state.sequence() : NEVER;
            return publish(topics, 0);
        });
    }

    /** The topics whose tables do not list what there is. */
    private List<UUID> due(ManifestState state) {
        List<UUID> due = new ArrayList<>();
        for (TopicState topic : state.topics()) {
            if (isDue(topic)) {
                due.add(topic.id());
            }
        }
        return due;
    }

    private boolean isDue(TopicState topic) {
        TableContents contents = TableContents.of(topic);
        return topic.table()
                .map(version -> version.contents() != contents.digest(writer.bucket()))
                .orElse(!contents.files().isEmpty());
    }

    /** One that fails keeps no other from its turn. */
    private Future<Void> publish(List<UUID> topics, int next) {
        if (next == topics.size() || isOver()) {
            return Future.succeededFuture();
        }
        ManifestState state = state();
        Optional<TopicState> topic = state.topic(topics.get(next));
        return topic.map(found -> publish(found, state.sequence()))
                .orElse(Future.succeededFuture())
                .onFailure(this::report).otherwiseEmpty()
                .compose(done -> publish(topics, next + 1));
    }

    private Future<Void> publish(TopicState topic, long sequence) {
        UUID id = parts.ids().get();
        return parts.loop()
                .confine(parts.workers().call(() -> writer.write(TableContents.of(topic), sequence,
                        topic.tableNumber() + 1, id)))
                .compose(written -> store(written).compose(stored -> parts.commits()
                        .commit(new PublishTable(topic.id(), written.version())))
                        .onSuccess(committed -> statistics = statistics
                                .withVersion(written.sizeBytes())))
                .mapEmpty();
    }

    private Future<Void> store(WrittenTable written) {
        List<Future<Void>> puts = new ArrayList<>();
        written.pieces().forEach(
                (object, bytes) -> puts.add(parts.bucket().put(object.key(), bytes)));
        return parts.loop().confine(Future.join(puts)).mapEmpty();
    }

    /**
     * What a publisher works with.
     *
     * @param bucket for what it writes
     * @param workers for the writing, which takes time
     */
    public record Parts(Follower follower, Commits commits, EventLoop loop, ObjectStore bucket,
            Workers workers, Supplier<UUID> ids) {}
}
