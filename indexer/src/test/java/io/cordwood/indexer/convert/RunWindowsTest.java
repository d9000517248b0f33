package io.cordwood.indexer.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.manifest.state.Tier;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RandomRecords;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentForge;
import io.cordwood.store.segment.SegmentRun;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RunWindowsTest {

    private static final long BASE_OFFSET = 1_000;
    private static final int BATCHES = 30;
    private static final int RECORDS = 4;
    private static final int RECORD_BYTES = 90_000;

    private final MemoryObjectStore store = new MemoryObjectStore(InstantSource.system());
    private final RandomRecords random = new RandomRecords(new Random(1));
    private final List<LogRecord> written = new ArrayList<>();
    private final Run run = run();

    @Test
    void allBatchesComeInWindowsWithTheirOffsets() {
        RunWindows windows = new RunWindows(store, new DirectWorkers(), run);
        List<StoredRecord> read = new ArrayList<>();
        int count = 0;
        for (Optional<ByteBuffer> window = windows.next().result(); window
                .isPresent(); window = windows.next().result()) {
            read.addAll(BatchDecoder.records(window.get(), 0));
            count++;
        }

        assertThat(count).isBetween(3, 5);
        assertThat(read).extracting(StoredRecord::record).isEqualTo(written);
        assertThat(read.getFirst().offset()).isEqualTo(BASE_OFFSET);
        assertThat(read.getLast().offset()).isEqualTo(run.endOffset() - 1);
    }

    @Test
    void whatIsNoBatchIsDamage() {
        for (int size : List.of(-1, 0, BatchHeader.SIZE - 1, run.length())) {
            ByteBuffer object = store.read(run.key(), 1 << 30).result().orElseThrow();
            object.putInt((int) run.position() + 8, size - BatchHeader.SIZE_KNOWN_AFTER);
            store.put(run.key(), Bytes.of(object));

            assertThatThrownBy(this::readAll).isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void aRunThatIsShorterThanItShouldBeIsDamaged() {
        ByteBuffer object = store.read(run.key(), 1 << 30).result().orElseThrow();
        store.put(run.key(), Bytes.of(object.slice(0, (int) run.position() + run.length() - 1)));

        assertThatThrownBy(this::readAll).isInstanceOf(CorruptException.class);
    }

    private void readAll() {
        RunWindows windows = new RunWindows(store, new DirectWorkers(), run);
        Future<Optional<ByteBuffer>> next = windows.next();
        while (next.succeeded() && next.result().isPresent()) {
            next = windows.next();
        }
        if (next.cause() instanceof RuntimeException failure) {
            throw failure;
        }
    }

    private Run run() {
        SegmentBuilder builder = new SegmentBuilder(new UUID(1, 1));
        PartitionId partition = new PartitionId(new UUID(2, 2), 0);
        for (int i = 0; i < BATCHES; i++) {
            List<LogRecord> batch = new ArrayList<>();
            for (int j = 0; j < RECORDS; j++) {
                batch.add(new LogRecord(j, Optional.empty(),
                        Optional.of(random.noise(RECORD_BYTES)), List.of()));
            }
            builder.add(partition, SegmentForge.batch(batch));
            written.addAll(batch);
        }
        Segment segment = builder.build();
        store.put(BucketLayout.segment(segment.id()), segment.bytes());
        SegmentRun made = segment.runs().getFirst();
        return new Run(SegmentRef.stored(segment.id(), segment.index(), Tier.LOG),
                made.position(), made.length(), BASE_OFFSET, made.offsets(), 0, 0);
    }
}
