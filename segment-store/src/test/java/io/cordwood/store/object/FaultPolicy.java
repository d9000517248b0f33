package io.cordwood.store.object;

import java.util.function.Predicate;

/** Decides which request suffers which fault. */
@FunctionalInterface
public interface FaultPolicy {

    /** The fault of this request. */
    Fault faultOf(Request request);

    /** All goes well. */
    static FaultPolicy none() {
        return request -> new Fault.Pass();
    }

    /** All requests suffer the fault. */
    static FaultPolicy always(Fault fault) {
        return request -> fault;
    }

    /** Those requests suffer the fault. */
    static FaultPolicy when(Predicate<Request> suffers, Fault fault) {
        return request -> suffers.test(request) ? fault : new Fault.Pass();
    }

    /**
     * A request.
     *
     * @param name the key, or the prefix of a listing
     * @param sequence counts all requests of the store, from 1
     */
    record Request(Operation operation, String name, long sequence) {}
}
