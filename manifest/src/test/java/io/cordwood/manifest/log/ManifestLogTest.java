package io.cordwood.manifest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.ScriptedFaults;
import io.cordwood.manifest.event.EncodedEntry;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.Fault.Landing;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ManifestLogTest {

    private static final Duration SLEPT = ManifestLog.ENTRY_RETENTION.dividedBy(4).plusSeconds(1);
    private static final long SEQUENCE = 5;
    private static final ObjectKey KEY = BucketLayout.logEntry(SEQUENCE);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final ScriptedFaults faults = new ScriptedFaults();
    private final FailingObjectStore failing = new FailingObjectStore(bucket, faults);
    private final CountingObjectStore store = CountingObjectStore.byKey(failing);
    private final ManifestLog log = new ManifestLog(store, loop,
            Backoff.standard(new Random(1)));
    private final EncodedEntry own = entry(1);
    private final EncodedEntry others = entry(2);

    @Test
    void whoeverCreatesANumberHasCommittedIt() {
        AppendOutcome outcome = append();

        assertCommitted(outcome);
        assertThat(store.calls()).as("one request").isEqualTo(1);
    }

    @Test
    void whoFindsTheNumberTakenHasLostAndLearnsToWhom() {
        bucket.put(KEY, others.bytes());

        AppendOutcome outcome = append();

        assertThat(outcome).isEqualTo(new AppendOutcome.Lost(new StoredEntry(others.entry(),
                others.inlinePosition(), others.bytes().size())));
        assertThat(bytesInBucket()).isEqualTo(others.bytes().copy());
    }

    @Test
    void aWriteOfUnknownOutcomeThatLandedIsCommitted() {
        for (Fault unknown : List.of(new Fault.TimeOut(Landing.AT_ONCE),
                new Fault.ServerError(Landing.AT_ONCE))) {
            bucket.delete(KEY);
            store.reset();
            faults.next(Operation.PUT_IF_ABSENT, unknown);

            assertCommitted(append());
            assertThat(store.calls(Operation.PUT_IF_ABSENT)).isEqualTo(1);
        }
    }

    @Test
    void aWriteOfUnknownOutcomeThatDidNotLandIsMadeAgain() {
        for (Fault unknown : List.of(new Fault.TimeOut(Landing.NEVER),
                new Fault.ServerError(Landing.NEVER), new Fault.Conflict())) {
            bucket.delete(KEY);
            store.reset();
            faults.next(Operation.PUT_IF_ABSENT, unknown);

            assertCommitted(append());
            assertThat(store.calls(Operation.PUT_IF_ABSENT)).isEqualTo(2);
        }
    }

    @Test
    void aWriteThatLandsLateAndItsRepetitionAreOneEntry() {
        faults.next(Operation.PUT_IF_ABSENT, new Fault.TimeOut(Landing.LATER));

        assertCommitted(append());
        failing.landLate();

        assertThat(bytesInBucket()).isEqualTo(own.bytes().copy());
    }

    @Test
    void aWriteThatLandsJustBeforeItsRepetitionIsRecognised() {
        AtomicInteger puts = new AtomicInteger();
        failing.policy(request -> {
            if (request.operation() != Operation.PUT_IF_ABSENT) {
                return new Fault.Pass();
            }
            if (puts.incrementAndGet() == 1) {
                return new Fault.TimeOut(Landing.LATER);
            }
            failing.landLate();
            return new Fault.Pass();
        });

        assertCommitted(append());
    }

    @Test
    void aWriteOfUnknownOutcomeMayHaveLostToAnother() {
        AtomicInteger puts = new AtomicInteger();
        failing.policy(request -> {
            if (request.operation() == Operation.PUT_IF_ABSENT && puts.incrementAndGet() == 1) {
                bucket.put(KEY, others.bytes());
                return new Fault.TimeOut(Landing.NEVER);
            }
            return new Fault.Pass();
        });

        assertThat(append()).isInstanceOf(AppendOutcome.Lost.class);
        assertThat(puts).hasValue(1);
    }

    @Test
    void aWriteThatWasRefusedIsMadeAgain() {
        faults.next(Operation.PUT_IF_ABSENT, new Fault.Refused(), new Fault.Refused());

        assertCommitted(append());
        assertThat(store.calls(Operation.READ)).as("nothing was in doubt").isZero();
    }

    @Test
    void anOutcomeIsFoundOutHoweverOftenTheReadFails() {
        faults.next(Operation.PUT_IF_ABSENT, new Fault.TimeOut(Landing.AT_ONCE));
        faults.next(Operation.READ, new Fault.TimeOut(Landing.NEVER), new Fault.CutBody(),
                new Fault.ServerError(Landing.NEVER), new Fault.Refused());

        assertCommitted(append());
        assertThat(store.calls(Operation.PUT_IF_ABSENT)).isEqualTo(1);
        assertThat(store.calls(Operation.READ)).isEqualTo(5);
    }

    @Test
    void whileTheStoreDoesNotAnswerTheOutcomeStaysOpenAndTheStoreIsNotPressed() {
        failing.policy(FaultPolicy.always(new Fault.TimeOut(Landing.NEVER)));
        Future<AppendOutcome> outcome = log.append(own, Moment.now(loop));

        loop.advance(Duration.ofMinutes(5));

        assertThat(outcome.isComplete()).isFalse();
        assertThat(store.calls()).isBetween(100L, 400L);
        failing.policy(FaultPolicy.none());
        assertCommitted(loop.await(outcome));
    }

    @Test
    void aStoreThatContradictsItselfIsNotPressedEither() {
        failing.policy(request -> {
            if (request.operation() == Operation.PUT_IF_ABSENT) {
                bucket.put(KEY, others.bytes());
            } else {
                bucket.delete(KEY);
            }
            return new Fault.Pass();
        });
        Future<AppendOutcome> outcome = log.append(own, Moment.now(loop));

        loop.advance(Duration.ofMinutes(1));

        assertThat(outcome.isComplete()).isFalse();
        assertThat(store.calls()).isLessThan(200);
    }

    @Test
    void aSuccessAfterALongSleepCountsAboveTheBoundary() {
        Moment headKnown = Moment.now(loop);
        loop.advance(SLEPT);
        loop.await(new Boundary(bucket).moveTo(SEQUENCE - 1));

        assertCommitted(loop.await(log.append(own, headKnown)));
        assertThat(store.calls(Operation.LIST, BucketLayout.BOUNDARY_PREFIX)).isEqualTo(1);
    }

    @Test
    void aSuccessAfterALongSleepDoesNotCountAtOrBelowTheBoundary() {
        Moment headKnown = Moment.now(loop);
        loop.advance(SLEPT);
        for (long boundary = SEQUENCE; boundary < SEQUENCE + 3; boundary++) {
            loop.await(new Boundary(bucket).moveTo(boundary));
            bucket.delete(KEY);

            Future<AppendOutcome> outcome = log.append(own, headKnown);

            assertThatThrownBy(() -> loop.await(outcome)).isInstanceOf(FencedException.class);
        }
    }

    @Test
    void aSuccessOfWhomAnOutageHeldUpIsCheckedToo() {
        Moment headKnown = Moment.now(loop);
        failing.policy(FaultPolicy.always(new Fault.Refused()));
        Future<AppendOutcome> outcome = log.append(own, headKnown);
        loop.advance(SLEPT);
        loop.await(new Boundary(bucket).moveTo(SEQUENCE));

        failing.policy(FaultPolicy.none());

        assertThatThrownBy(() -> loop.await(outcome)).isInstanceOf(FencedException.class);
    }

    @Test
    void whetherASuccessCountsIsFoundOutHoweverOftenTheBoundaryCannotBeRead() {
        Moment headKnown = Moment.now(loop);
        loop.advance(SLEPT);
        faults.next(Operation.LIST, new Fault.TimeOut(Landing.NEVER), new Fault.Refused(),
                new Fault.CutBody());

        assertCommitted(loop.await(log.append(own, headKnown)));
    }

    @Test
    void aSuccessSoonAfterTheHeadWasKnownCostsNoExtraRequest() {
        Moment headKnown = Moment.now(loop);
        loop.advance(SLEPT.minusSeconds(2));

        assertCommitted(loop.await(log.append(own, headKnown)));
        assertThat(store.calls()).isEqualTo(1);
    }

    @Test
    void aNumberThatWasNotUsedHasNoEntry() {
        assertThat(loop.await(log.read(SEQUENCE))).isEmpty();
    }

    @Test
    void aDamagedEntryIsNotReadAsAnother() {
        bucket.put(KEY, Bytes.wrap(new byte[100]));

        assertThatThrownBy(() -> loop.await(log.read(SEQUENCE)))
                .isInstanceOf(CorruptException.class);
    }

    private AppendOutcome append() {
        return loop.await(log.append(own, Moment.now(loop)));
    }

    private void assertCommitted(AppendOutcome outcome) {
        assertThat(outcome).isEqualTo(new AppendOutcome.Committed(new StoredEntry(own.entry(),
                own.inlinePosition(), own.bytes().size())));
        assertThat(bytesInBucket()).isEqualTo(own.bytes().copy());
    }

    private ByteBuffer bytesInBucket() {
        return loop.await(bucket.read(KEY, EntryCodec.SIZE_MAX)).orElseThrow();
    }

    private static EncodedEntry entry(long writer) {
        return EntryCodec.encode(new ManifestEntry(new ManifestEntry.Head(SEQUENCE,
                new UUID(1, writer), new UUID(2, writer), 1, new UUID(3, 3)),
                Instant.ofEpochSecond(1_700_000_000), List.of()), List.of());
    }
}
