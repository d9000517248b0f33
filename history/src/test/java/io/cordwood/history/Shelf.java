package io.cordwood.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.batch.RebuiltBatches;
import io.cordwood.history.file.HistorySource;
import io.cordwood.history.file.StoredHistory;
import io.cordwood.history.read.HistoryMemory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.history.read.HistoryTail;
import io.cordwood.history.write.AppendOutcome.Appended;
import io.cordwood.history.write.FileLayout;
import io.cordwood.history.write.FinishedFile;
import io.cordwood.history.write.HistoryWriter;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A store that counts, one history file in it, and a reader: every future is complete at once. */
final class Shelf {

    /** Small row groups and pages, so that small logs have many. */
    static final FileLayout SMALL = new FileLayout(24 << 10, 2 << 10, 60,
            FileLayout.KeyFilter.NONE);

    static final HistorySource SOURCE = new HistorySource("orders",
            new PartitionId(new UUID(1, 2), 3), List.of("segment-1", "segment-2"));

    private static final ObjectKey KEY = new ObjectKey("history/orders/1.parquet");

    private final CountingObjectStore store = new CountingObjectStore(
            new MemoryObjectStore(InstantSource.system()));
    private final FinishedFile finished;
    private final StoredHistory stored;
    private final HistoryReader reader;

    private Shelf(FinishedFile finished, Bytes bytes, Packing packing) {
        this.finished = finished;
        this.stored = new StoredHistory(KEY, finished.file());
        this.reader = new HistoryReader(store, new DirectWorkers(), packing, HistoryMemory.NONE);
        store.put(KEY, bytes);
    }

    /** A file of all of a log. */
    static Shelf of(RandomLog log, FileLayout layout, Packing packing) {
        FinishedFile finished = write(log.batches(), log.baseOffset(), log.nextOffset(),
                log.aborted(), layout);
        return new Shelf(finished, finished.bytes(), packing);
    }

    /** A small file of some batches, which it covers and nothing else. */
    static Shelf of(List<ByteBuffer> batches) {
        long next = SeenRecord.batches(batches.getLast()).getLast().lastOffset() + 1;
        FinishedFile finished = write(batches,
                SeenRecord.batches(batches.getFirst()).getFirst().baseOffset(), next, List.of(),
                SMALL);
        return new Shelf(finished, finished.bytes(), Packing.NONE);
    }

    /** A file that is there already. */
    static Shelf holding(FinishedFile finished, Packing packing) {
        return new Shelf(finished, finished.bytes(), packing);
    }

    /** The same file, but with other bytes. */
    Shelf damaged(Bytes bytes) {
        return new Shelf(finished, bytes, Packing.NONE);
    }

    /** The file of some batches. */
    static FinishedFile write(List<ByteBuffer> batches, long baseOffset, long nextOffset,
            List<AbortedTransaction> aborted, FileLayout layout) {
        HistoryWriter writer = new HistoryWriter(SOURCE, baseOffset, aborted, layout);
        for (ByteBuffer batch : batches) {
            assertThat(writer.append(batch)).isInstanceOf(Appended.class);
        }
        return writer.finish(nextOffset);
    }

    CountingObjectStore store() {
        return store;
    }

    FinishedFile finished() {
        return finished;
    }

    HistoryReader reader() {
        return reader;
    }

    HistoryTail tail() {
        return result(reader.tail(stored));
    }

    /** One fetch. */
    RebuiltBatches fetch(HistoryTail tail, long fromOffset, int bytesMax) {
        return result(reader.fetch(tail, fromOffset, bytesMax));
    }

    /** Fetches from an offset to the end, each time from where the last ended. */
    List<SeenRecord> readFrom(long fromOffset, int bytesMax) {
        HistoryTail tail = tail();
        List<SeenRecord> seen = new ArrayList<>();
        long offset = fromOffset;
        while (offset < finished.file().nextOffset()) {
            RebuiltBatches fetched = fetch(tail, offset, bytesMax);
            assertThat(fetched.nextOffset()).isGreaterThan(offset);
            seen.addAll(SeenRecord.of(fetched.batches()));
            offset = fetched.nextOffset();
        }
        assertThat(offset).isEqualTo(finished.file().nextOffset());
        return seen;
    }

    /** What a future that is complete has come to. */
    static <T> T result(Future<T> future) {
        assertThat(future.isComplete()).isTrue();
        if (future.cause() instanceof RuntimeException failure) {
            throw failure;
        }
        assertThat(future.succeeded()).as(String.valueOf(future.cause())).isTrue();
        return future.result();
    }
}
