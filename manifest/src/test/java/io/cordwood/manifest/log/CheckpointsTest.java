package io.cordwood.manifest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.RandomHistory;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CheckpointsTest {

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final FailingObjectStore failing = new FailingObjectStore(bucket, FaultPolicy.none());
    private final CountingObjectStore store = new CountingObjectStore(failing);
    private final Checkpoints checkpoints = new Checkpoints(store, new DirectWorkers());
    private final RandomHistory history = new RandomHistory(new Random(1));

    @Test
    void withoutACheckpointOneBeginsBeforeTheFirstEntry() {
        assertThat(newest()).isSameAs(ManifestState.EMPTY);
    }

    @Test
    void theNewestIsTakenAndOnlyThatIsRead() {
        write();
        write();
        store.reset();

        assertThat(newest().position()).isEqualTo(history.state().position());
        assertThat(store.calls(Operation.READ)).isEqualTo(1);
        assertThat(store.calls(Operation.LIST)).isEqualTo(1);
    }

    @Test
    void aDamagedOneIsPassedOver() {
        ManifestState older = write();
        ManifestState newer = write();
        bucket.put(BucketLayout.checkpoint(newer.sequence()), Bytes.wrap(new byte[50]));

        assertThat(newest().position()).isEqualTo(older.position());
    }

    @Test
    void whatIsNotACheckpointAtAllIsPassedOver() {
        ManifestState state = write();
        bucket.put(new ObjectKey(BucketLayout.CHECKPOINT_PREFIX + "read-me.txt"),
                Bytes.wrap(new byte[50]));

        assertThat(newest().position()).isEqualTo(state.position());
    }

    @Test
    void ifAllAreDamagedNobodyPretendsThatTheLogIsEmpty() {
        write();
        write();
        keys().forEach(key -> bucket.put(key, Bytes.wrap(new byte[50])));

        assertThatThrownBy(this::newest).isInstanceOf(CorruptException.class);
    }

    @Test
    void oneThatCannotBeReadNowIsNotPassedOver() {
        write();
        String newest = BucketLayout.checkpoint(write().sequence()).value();
        failing.policy(FaultPolicy.when(request -> request.name().equals(newest),
                new Fault.Refused()));

        assertThatThrownBy(this::newest).isInstanceOf(UnavailableException.class);
    }

    @Test
    void oneThatWasDeletedMeanwhileHasASuccessor() {
        write();
        ManifestState chosen = history.state();
        failing.policy(request -> {
            if (request.operation() == Operation.READ
                    && keys().contains(BucketLayout.checkpoint(chosen.sequence()))) {
                bucket.delete(BucketLayout.checkpoint(chosen.sequence()));
                history.step();
                loop.await(new Checkpoints(bucket, new DirectWorkers()).write(history.state()));
            }
            return new Fault.Pass();
        });

        assertThat(newest().position()).isEqualTo(history.state().position());
    }

    @Test
    void theNewestTwoAreKept() {
        for (int i = 0; i < 5; i++) {
            write();
        }

        long newest = history.state().sequence();
        assertThat(keys()).containsExactly(BucketLayout.checkpoint(newest - 1),
                BucketLayout.checkpoint(newest));
    }

    @Test
    void oldOnesAreDeletedHoweverManyThereAre() {
        for (int i = 0; i < 2_500; i++) {
            history.step();
            bucket.put(BucketLayout.checkpoint(history.state().sequence()),
                    Bytes.wrap(new byte[1]));
        }

        write();

        assertThat(keys()).hasSize(2);
        assertThat(newest().position()).isEqualTo(history.state().position());
    }

    @Test
    void whatADeleteThatLiedHasLeftIsDeletedLaterAndCountedWhenItIsGone() {
        failing.policy(FaultPolicy.when(request -> request.operation() == Operation.DELETE,
                new Fault.Ignored()));
        for (int i = 0; i < 5; i++) {
            write();
        }

        assertThat(loop.await(checkpoints.deleteOld())).isZero();
        assertThat(keys()).hasSize(5);

        failing.policy(FaultPolicy.none());
        assertThat(loop.await(checkpoints.deleteOld())).isEqualTo(3);
        assertThat(keys()).hasSize(2);
        assertThat(newest().position()).isEqualTo(history.state().position());
    }

    @Test
    void theLastButOneIsThereWhenTwoAre() {
        assertThat(loop.await(checkpoints.lastButOne())).isEmpty();
        ManifestState first = write();
        assertThat(loop.await(checkpoints.lastButOne())).isEmpty();
        write();

        assertThat(loop.await(checkpoints.lastButOne())).hasValue(first.sequence());
    }

    @Test
    void whatIsReadableIsWhatAProcessCanStartWith() {
        long sequence = write().sequence();
        loop.await(checkpoints.checkReadable(sequence));

        assertThatThrownBy(() -> loop.await(checkpoints.checkReadable(sequence + 1)))
                .isInstanceOf(CorruptException.class);
        bucket.put(BucketLayout.checkpoint(sequence), Bytes.wrap(new byte[50]));
        assertThatThrownBy(() -> loop.await(checkpoints.checkReadable(sequence)))
                .isInstanceOf(CorruptException.class);
    }

    @Test
    void nothingIsDeletedBeforeTheNewOneIsThere() {
        write();
        write();
        List<ObjectKey> before = keys();
        failing.policy(FaultPolicy.when(request -> request.operation() == Operation.PUT,
                new Fault.TimeOut(Fault.Landing.NEVER)));
        history.step();

        assertThatThrownBy(() -> loop.await(checkpoints.write(history.state())));
        assertThat(keys()).isEqualTo(before);
    }

    private ManifestState write() {
        history.step();
        loop.await(checkpoints.write(history.state()));
        return history.state();
    }

    private ManifestState newest() {
        return loop.await(checkpoints.newest());
    }

    private List<ObjectKey> keys() {
        return loop.await(bucket.list(Listing.of(BucketLayout.CHECKPOINT_PREFIX))).objects()
                .stream()
                .map(ObjectPage.Entry::key).toList();
    }
}
