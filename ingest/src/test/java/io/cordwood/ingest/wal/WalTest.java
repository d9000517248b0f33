package io.cordwood.ingest.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.HeldWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.Workers;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WalTest {

    private static final PartitionId PARTITION = new PartitionId(new UUID(1, 2), 3);
    private static final ValidBatch BATCH = Batches.of("a");

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryWalDisk disk = new MemoryWalDisk(new UUID(7, 7));
    private final HeldWorkers workers = new HeldWorkers();
    private final Wal wal = wal(workers);

    @Test
    void whatIsAppendedIsReadBackByTheNextProcess() {
        wal.append(1, PARTITION, Batches.of("a"));
        wal.append(1, PARTITION, Batches.of("b"));
        wal.append(2, PARTITION, Batches.of("c"));
        workers.work();

        Wal next = wal(new DirectWorkers());
        assertThat(next.numbers().result()).containsExactly(1L, 2L);
        WalContent first = next.read(1).result();
        assertThat(first.end()).isEqualTo(new WalEnd.Whole());
        assertThat(first.frames()).extracting(frame -> frame.batch().bytes())
                .containsExactly(Batches.of("a").bytes(), Batches.of("b").bytes());
        assertThat(next.read(2).result().frames()).hasSize(1);
    }

    @Test
    void whatComesWhileTheDiskIsBusyIsWrittenTogether() {
        for (int i = 0; i < 100; i++) {
            wal.append(1, PARTITION, BATCH);
        }
        assertThat(workers.waiting()).isEqualTo(1);
        workers.workOnce();
        assertThat(workers.waiting()).isEqualTo(1);
        workers.workOnce();

        assertThat(workers.waiting()).isZero();
        assertThat(wal.statistics().unwrittenBytes()).isZero();
        assertThat(wal(new DirectWorkers()).read(1).result().frames()).hasSize(100);
    }

    @Test
    void aDiskThatHangsHoldsNoMoreThanTheOneWriteThatItDoesNotAnswer() {
        wal.append(1, PARTITION, BATCH);
        for (int number = 2; number < 1_000; number++) {
            wal.append(number, PARTITION, BATCH);
            assertThat(wal.delete(number).succeeded()).isTrue();
        }

        assertThat(workers.waiting()).isEqualTo(1);
        assertThat(wal.statistics().unwrittenBytes()).isEqualTo(BATCH.size());
        workers.work();
        assertThat(disk.numbers()).containsExactly(1L);
    }

    @Test
    void aFileIsDeletedAfterItsWriteEvenIfThatIsStillGoingOn() {
        wal.append(1, PARTITION, BATCH);
        wal.append(1, PARTITION, BATCH);

        Future<Void> deleted = wal.delete(1);
        assertThat(deleted.isComplete()).isFalse();
        workers.work();

        assertThat(deleted.succeeded()).isTrue();
        assertThat(disk.numbers()).isEmpty();
        assertThat(wal.statistics().unwrittenBytes()).isZero();
    }

    @Test
    void aSegmentThatCannotBeWrittenHasNoFileAtAll() {
        wal.append(1, PARTITION, BATCH);
        workers.work();
        disk.fill();
        wal.append(1, PARTITION, BATCH);
        workers.work();
        disk.free();
        wal.append(1, PARTITION, BATCH);
        workers.work();

        assertThat(disk.numbers()).isEmpty();
        assertThat(wal.statistics()).isEqualTo(new WalStatistics(0, 1, true));
    }

    @Test
    void theNextSegmentIsWrittenWhenThereIsRoomAgain() {
        disk.fill();
        wal.append(1, PARTITION, BATCH);
        workers.work();
        disk.free();

        wal.append(2, PARTITION, BATCH);
        workers.work();

        assertThat(disk.numbers()).containsExactly(2L);
        assertThat(wal.statistics()).isEqualTo(new WalStatistics(0, 1, false));
    }

    @Test
    void whatIsSetAsideIsNotListedAnyMore() {
        wal.append(1, PARTITION, BATCH);
        workers.work();

        Future<Void> aside = wal.setAside(1);
        workers.work();

        assertThat(aside.succeeded()).isTrue();
        assertThat(disk.setAside()).containsExactly(1L);
        assertThat(disk.numbers()).isEmpty();
    }

    @Test
    void aFailureSaysWhereAndWhatToDo() {
        disk.refuseDeletes();
        wal.append(1, PARTITION, BATCH);
        workers.work();

        Future<Void> deleted = wal.delete(1);
        workers.work();

        assertThat(deleted.cause()).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("memory").hasMessageContaining("delete segment 1");
    }

    @Test
    void closingWritesWhatWaitsAndTakesNothingMore() {
        wal.append(1, PARTITION, BATCH);
        wal.append(2, PARTITION, BATCH);

        Future<Void> closed = wal.close();
        wal.append(3, PARTITION, BATCH);
        assertThat(closed.isComplete()).isFalse();
        workers.work();

        assertThat(closed.succeeded()).isTrue();
        assertThat(disk.numbers()).containsExactly(1L, 2L);
        assertThat(wal.delete(1).failed()).isTrue();
    }

    private Wal wal(Workers on) {
        return new Wal(disk.open(), loop, on, BatchLimits.STANDARD);
    }
}
