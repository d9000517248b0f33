package io.cordwood.bench;

import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.Line;
import io.cordwood.cluster.LineEnd;
import io.cordwood.cluster.Lines;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.manifest.commit.Cargo;
import io.cordwood.manifest.commit.CommitSegment;
import io.cordwood.manifest.commit.Proposal;
import io.cordwood.manifest.commit.TakeWal;
import io.cordwood.runtime.EventLoop;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.layout.ObjectId;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentRun;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * The committer's view of an ingest node: it proposes segment after segment, as if it had uploaded
 * them, is told of each entry, and applies none. Confined to a loop.
 */
final class Ingester implements LineEnd<FromCommitter> {

    static final int PARTITIONS = 100;
    static final int RUNS = 10;

    private static final int ON_THEIR_WAY = 4;
    private static final int RUN_BYTES = 100_000;

    private final EventLoop loop;
    private final UUID topic;
    private final UUID process = UUID.randomUUID();
    private final UUID wal = UUID.randomUUID();
    private final Random chance = new Random(wal.hashCode());
    private final ArrayDeque<Long> begunNanos = new ArrayDeque<>();
    private final Line<ToCommitter> line;
    private long sent;
    private long judged;
    private long sequence;
    private Optional<Latencies> latencies = Optional.empty();

    /**
     * Begins.
     *
     * @param epoch of the committer
     * @param topic whose records it commits
     */
    Ingester(EventLoop loop, Lines lines, String committer, long epoch, UUID topic) {
        this.loop = loop;
        this.topic = topic;
        this.line = lines.open(committer, this);
        line.send(new ToCommitter.Hello(process, epoch));
        propose(new TakeWal(wal, process, 0));
        for (int i = 1; i <= ON_THEIR_WAY; i++) {
            proposeNext();
        }
    }

    /** From now on what each commit takes is added. */
    void measure(Latencies added) {
        loop.execute(() -> latencies = Optional.of(added));
    }

    private void proposeNext() {
        propose(new CommitSegment(wal, process, sent, cargo()));
    }

    private void propose(Proposal<?> proposal) {
        sent++;
        begunNanos.addLast(loop.nanoTime());
        if (!line.send(new ToCommitter.Propose(sent, proposal))) {
            throw new IllegalStateException("there is no room for what is proposed");
        }
    }

    private Cargo cargo() {
        List<SegmentRun> runs = new ArrayList<>();
        int first = chance.nextInt(PARTITIONS - RUNS);
        for (int i = 0; i < RUNS; i++) {
            runs.add(new SegmentRun(new PartitionId(topic, first + i), (long) i * RUN_BYTES,
                    RUN_BYTES, 10, 0, 1_000, new TimestampRange(1, 2), 0));
        }
        return new Cargo.Uploaded(ObjectId.of(sequence, UUID.randomUUID()),
                new ByteRange((long) RUNS * RUN_BYTES, 2_000), runs,
                Collections.nCopies(RUNS, List.of()));
    }

    @Override
    public void received(FromCommitter message) {
        if (message instanceof FromCommitter.Judged told) {
            sequence = told.sequence();
            for (; judged < told.number(); judged++) {
                long tookNanos = loop.nanoTime() - begunNanos.removeFirst();
                latencies.ifPresent(added -> added.add(tookNanos));
                proposeNext();
            }
        }
    }

    /** Then it commits no more, as the figures show. */
    @Override
    public void closed() {}
}
