package io.cordwood.query;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.read.HistoryMemory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.manifest.commit.Candidate;
import io.cordwood.manifest.commit.Cargo;
import io.cordwood.manifest.commit.CommitSegment;
import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.commit.DeleteRecords;
import io.cordwood.manifest.commit.DeleteTopic;
import io.cordwood.manifest.commit.InitTransactionalId;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.WalState;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.batch.BatchEncoder;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentForge;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/** A log with one topic, into which tests commit segments of their own making. */
final class LogFixture {

    static final TopicName TOPIC = new TopicName("orders");

    final ManualEventLoop loop = new ManualEventLoop();
    final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    final CountingObjectStore store = CountingObjectStore.byKey(bucket);
    final Random random;
    final PartitionId partition;
    final PartitionId otherPartition;
    final Query query;

    private final Committer committer;
    private final UUID wal;
    private final BatchEncoder encoder = new BatchEncoder(BatchLimits.STANDARD);
    private long number;

    LogFixture(long seed, long aheadBytes) {
        random = new Random(seed);
        wal = id();
        ManifestLog log = new ManifestLog(bucket, loop, Backoff.standard(random));
        Follower follower = new Follower(log, ManifestState.EMPTY, loop);
        committer = new Committer(follower, log, loop, new Candidate(id(), "test"), this::id);
        loop.await(committer.elect());
        partition = new PartitionId(loop.await(committer.commit(new CreateTopic(id(), TOPIC, 2))),
                0);
        otherPartition = new PartitionId(partition.topic(), 1);
        query = new Query(follower, loop, store, new HistoryReader(store, new DirectWorkers(),
                Packing.NONE, HistoryMemory.NONE), aheadBytes);
    }

    /** Commits one segment in which each list is a batch of the partition. */
    Segment append(List<List<LogRecord>> batches) {
        Segment segment = segment(batches);
        loop.await(bucket.put(BucketLayout.segment(segment.id()), segment.bytes()));
        commit(Cargo.Uploaded.of(segment));
        return segment;
    }

    /** The same, but the segment travels in the manifest entry. */
    void appendInline(List<List<LogRecord>> batches) {
        commit(new Cargo.Enclosed(segment(batches)));
    }

    /** Deletes the records of the partition before an offset. */
    void deleteBefore(long offset) {
        loop.await(committer.commit(new DeleteRecords(partition, OptionalLong.of(offset))));
    }

    /** Commits a batch of so many records of a transaction that stays open. */
    void appendInTransaction(int records) {
        ProducerIdentity producer = loop.await(committer.commit(new InitTransactionalId(
                new TransactionalId("shop"), 60_000, Optional.empty(), 5)));
        SegmentBuilder builder = new SegmentBuilder(id());
        builder.add(partition, SegmentForge.batch(new ProducerSequence(producer.id(),
                producer.epoch(), 0, Membership.JOINS), records).joining());
        commit(new Cargo.Enclosed(builder.build()));
    }

    void deleteTopic() {
        loop.await(committer.commit(new DeleteTopic(TOPIC)));
    }

    Fetched fetch(long offset, int bytesMax) {
        return loop.await(query.fetch(request(offset, bytesMax)));
    }

    FetchRequest request(long offset, int bytesMax) {
        return FetchRequest.atLeastOne(partition, offset, bytesMax);
    }

    /** So many records, each of that many random bytes, at ascending times from the given one. */
    List<LogRecord> records(int count, int valueSize, long firstTimestamp) {
        List<LogRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] value = new byte[valueSize];
            random.nextBytes(value);
            records.add(new LogRecord(firstTimestamp + i, Optional.empty(),
                    Optional.of(ByteBuffer.wrap(value)), List.of()));
        }
        return records;
    }

    private void commit(Cargo cargo) {
        loop.await(committer.commit(new CommitSegment(wal, WalState.NOBODY, ++number, cargo)));
    }

    private Segment segment(List<List<LogRecord>> batches) {
        SegmentBuilder builder = new SegmentBuilder(id());
        for (List<LogRecord> batch : batches) {
            for (ValidBatch valid : encoder.encode(batch)) {
                builder.add(otherPartition, valid);
                builder.add(partition, valid);
            }
        }
        return builder.build();
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
