package io.cordwood.store.object;

import static io.cordwood.store.object.StoreUnderTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.object.Fault.Landing;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailingObjectStoreTest implements ObjectStoreContract {

    private static final ObjectKey KEY = new ObjectKey("log/1");

    private final MemoryObjectStore inner = new MemoryObjectStore(InstantSource.system());
    private final FailingObjectStore store = new FailingObjectStore(inner, FaultPolicy.none());

    @Override
    public ObjectStore store() {
        return store;
    }

    static List<Fault> unknown() {
        return List.of(new Fault.TimeOut(Landing.NEVER), new Fault.ServerError(Landing.NEVER),
                new Fault.Conflict(), new Fault.TimeOut(Landing.LATER));
    }

    static List<Fault> landed() {
        return List.of(new Fault.TimeOut(Landing.AT_ONCE), new Fault.ServerError(Landing.AT_ONCE));
    }

    static List<Fault> failedReads() {
        return List.of(new Fault.TimeOut(Landing.NEVER), new Fault.ServerError(Landing.NEVER),
                new Fault.Refused(), new Fault.CutBody());
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void anUnknownWriteMayNotHaveLanded(Fault fault) {
        store.policy(FaultPolicy.always(fault));

        assertThat(settled(store.putIfAbsent(KEY, bytes("x"))))
                .isInstanceOf(PutOutcome.Unknown.class);
        assertThatThrownBy(() -> settled(store.put(KEY, bytes("x"))))
                .isInstanceOf(UnknownOutcomeException.class);
        assertThatThrownBy(() -> settled(store.delete(KEY)))
                .isInstanceOf(UnknownOutcomeException.class);

        assertThat(inner.read(KEY, 10).result()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("landed")
    void anUnknownWriteMayHaveLanded(Fault fault) {
        store.policy(FaultPolicy.always(fault));

        assertThat(settled(store.putIfAbsent(KEY, bytes("x"))))
                .isInstanceOf(PutOutcome.Unknown.class);

        assertThat(inner.read(KEY, 10).result()).map(StoreUnderTest::text).contains("x");
    }

    @Test
    void anUnknownWriteMayLandWhenItIsThoughtLost() {
        store.policy(FaultPolicy.always(new Fault.TimeOut(Landing.LATER)));
        settled(store.putIfAbsent(KEY, bytes("early")));
        settled(inner.putIfAbsent(KEY, bytes("other")));
        settled(store.putIfAbsent(new ObjectKey("log/2"), bytes("late")));

        settled(store.landLate());

        assertThat(inner.read(KEY, 10).result()).map(StoreUnderTest::text).contains("other");
        assertThat(inner.read(new ObjectKey("log/2"), 10).result()).isPresent();
    }

    @Test
    void aRepeatedWriteMayUndoALaterOne() {
        store.policy(FaultPolicy.when(request -> request.sequence() == 1, new Fault.Repeated()));
        settled(store.put(KEY, bytes("first")));
        settled(store.put(KEY, bytes("second")));
        assertThat(stored(KEY)).isEqualTo("second");

        settled(store.landLate());

        assertThat(stored(KEY)).isEqualTo("first");
    }

    @Test
    void aConditionalWriteIsNeverRepeated() {
        store.policy(FaultPolicy.always(new Fault.Repeated()));
        settled(store.putIfAbsent(KEY, bytes("x")));
        settled(inner.delete(KEY));

        settled(store.landLate());

        assertThat(inner.read(KEY, 10).result()).isEmpty();
    }

    @Test
    void aRefusedWriteNeverLands() {
        store.policy(FaultPolicy.always(new Fault.Refused()));

        assertThatThrownBy(() -> settled(store.putIfAbsent(KEY, bytes("x"))))
                .isInstanceOf(UnavailableException.class).hasMessageContaining("log/1");

        assertThat(inner.read(KEY, 10).result()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failedReads")
    void aFailedReadIsUnavailable(Fault fault) {
        given("log/1", "x");
        store.policy(FaultPolicy.always(fault));

        assertThatThrownBy(() -> settled(store.read(KEY, 10)))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> settled(store.get(KEY, new ByteRange(0, 1))))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> keys("", 10)).isInstanceOf(UnavailableException.class);
    }

    @Test
    void whatIsNeverAnsweredMayHaveLanded() {
        store.policy(FaultPolicy.always(new Fault.NeverAnswers(Landing.AT_ONCE)));

        Future<PutOutcome> write = store.putIfAbsent(KEY, bytes("x"));
        Future<?> read = store.read(KEY, 10);

        assertThat(write.isComplete()).isFalse();
        assertThat(read.isComplete()).isFalse();
        assertThat(inner.read(KEY, 10).result()).isPresent();
    }

    @Test
    void thePolicyChoosesByKindNameAndNumber() {
        store.policy(FaultPolicy.when(request -> request.operation() == Operation.PUT
                && request.name().startsWith("log/") && request.sequence() == 2,
                new Fault.Refused()));

        settled(store.put(KEY, bytes("first")));
        assertThatThrownBy(() -> settled(store.put(KEY, bytes("second"))))
                .isInstanceOf(UnavailableException.class);
        settled(store.put(KEY, bytes("third")));
    }

    @Test
    void theSameSeedGivesTheSameFaults() {
        assertThat(faults(7)).isEqualTo(faults(7)).isNotEqualTo(faults(8));
        assertThat(faults(7)).filteredOn(fault -> !(fault instanceof Fault.Pass))
                .hasSizeBetween(200, 400);
    }

    private static List<Fault> faults(long seed) {
        RandomFaults policy = new RandomFaults(new Random(seed), 0.3, unknown());
        return LongStream.range(0, 1_000)
                .mapToObj(number -> policy
                        .faultOf(new FaultPolicy.Request(Operation.PUT, "a", number)))
                .toList();
    }
}
