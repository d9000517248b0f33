package io.cordwood.store.object;

import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Fails as adapters of real stores fail, when a policy says so. What it reports of a write is
 * always true: one that is said to have been refused never landed. Only a delete may lie. Faults
 * take no time; {@link LaggingObjectStore} adds it.
 */
public final class FailingObjectStore implements ObjectStore {

    private final ObjectStore store;
    private final AtomicLong requests = new AtomicLong();
    private final Queue<Supplier<? extends Future<?>>> late = new ConcurrentLinkedQueue<>();
    private volatile FaultPolicy policy;

    public FailingObjectStore(ObjectStore store, FaultPolicy policy) {
        this.store = store;
        this.policy = policy;
    }

    /** Follows another policy from the next request on. */
    public void policy(FaultPolicy other) {
        policy = other;
    }

    /**
     * Lets all writes take effect that are on the way, in the order in which they were made.
     *
     * @return completes when they have, whatever became of each
     */
    public Future<Void> landLate() {
        List<Future<?>> landed = new ArrayList<>();
        for (Supplier<? extends Future<?>> write = late.poll(); write != null; write = late
                .poll()) {
            landed.add(write.get());
        }
        return Future.join(landed).transform(done -> Future.succeededFuture());
    }

    @Override
    public Future<Void> put(ObjectKey key, Bytes bytes) {
        return write(
                new FaultPolicy.Request(Operation.PUT, key.value(), requests.incrementAndGet()),
                () -> store.put(key, bytes), Future::failedFuture);
    }

    @Override
    public Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes bytes) {
        return write(
                new FaultPolicy.Request(Operation.PUT_IF_ABSENT, key.value(),
                        requests.incrementAndGet()),
                () -> store.putIfAbsent(key, bytes),
                unknown -> Future.succeededFuture(new PutOutcome.Unknown(unknown)));
    }

    @Override
    public Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax) {
        return read(
                new FaultPolicy.Request(Operation.READ, key.value(), requests.incrementAndGet()),
                () -> store.read(key, sizeMax));
    }

    @Override
    public Future<ByteBuffer> get(ObjectKey key, ByteRange range) {
        return read(new FaultPolicy.Request(Operation.GET, key.value(), requests.incrementAndGet()),
                () -> store.get(key, range));
    }

    @Override
    public Future<Void> delete(ObjectKey key) {
        return write(
                new FaultPolicy.Request(Operation.DELETE, key.value(), requests.incrementAndGet()),
                () -> store.delete(key), Future::failedFuture);
    }

    @Override
    public Future<ObjectPage> list(Listing listing) {
        return read(
                new FaultPolicy.Request(Operation.LIST, listing.prefix(),
                        requests.incrementAndGet()),
                () -> store.list(listing));
    }

    private <T> Future<T> read(FaultPolicy.Request request, Supplier<Future<T>> pass) {
        return switch (policy.faultOf(request)) {
            case Fault.Pass ok -> pass.get();
            case Fault.Conflict notForReads -> pass.get();
            case Fault.Repeated notForReads -> pass.get();
            case Fault.Ignored notForReads -> pass.get();
            case Fault.TimeOut fault -> Future.failedFuture(unavailable(request, fault));
            case Fault.ServerError fault -> Future.failedFuture(unavailable(request, fault));
            case Fault.Refused fault -> Future.failedFuture(unavailable(request, fault));
            case Fault.CutBody fault -> Future.failedFuture(unavailable(request, fault));
            case Fault.NeverAnswers never -> Promise.<T>promise().future();
        };
    }

    private <T> Future<T> write(FaultPolicy.Request request, Supplier<Future<T>> pass,
            Function<UnknownOutcomeException, Future<T>> unknown) {
        return switch (policy.faultOf(request)) {
            case Fault.Pass ok -> pass.get();
            case Fault.CutBody notForWrites -> pass.get();
            case Fault.Ignored lie -> request.operation() == Operation.DELETE
                    ? Future.succeededFuture()
                    : pass.get();
            case Fault.Repeated again -> {
                if (request.operation() != Operation.PUT_IF_ABSENT) {
                    late.add(pass);
                }
                yield pass.get();
            }
            case Fault.Refused fault -> Future.failedFuture(unavailable(request, fault));
            case Fault.Conflict fault -> unknown.apply(unknown(request, fault));
            case Fault.TimeOut fault -> landed(fault.landing(), pass)
                    .compose(landed -> unknown.apply(unknown(request, fault)));
            case Fault.ServerError fault -> landed(fault.landing(), pass)
                    .compose(landed -> unknown.apply(unknown(request, fault)));
            case Fault.NeverAnswers fault -> landed(fault.landing(), pass)
                    .compose(landed -> Promise.<T>promise().future());
        };
    }

    /** Completes when the write has taken effect, or at once if it does not do so now. */
    private <T> Future<Void> landed(Fault.Landing landing, Supplier<Future<T>> write) {
        return switch (landing) {
            case NEVER -> Future.succeededFuture();
            case AT_ONCE -> write.get().transform(done -> Future.succeededFuture());
            case LATER -> {
                late.add(write);
                yield Future.succeededFuture();
            }
        };
    }

    private static UnavailableException unavailable(FaultPolicy.Request request, Fault fault) {
        return new UnavailableException("injected into " + request + ": " + fault);
    }

    private static UnknownOutcomeException unknown(FaultPolicy.Request request, Fault fault) {
        return new UnknownOutcomeException("injected into " + request + ": " + fault);
    }
}
