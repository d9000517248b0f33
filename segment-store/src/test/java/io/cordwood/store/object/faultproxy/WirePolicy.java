package io.cordwood.store.object.faultproxy;

/** Decides which request suffers which fault. May be asked on any thread. */
@FunctionalInterface
public interface WirePolicy {

    /** The fault of this request. */
    WireFault faultOf(WireRequest request);

    /** All goes well. */
    static WirePolicy none() {
        return request -> new WireFault.Pass();
    }

    /** All requests suffer the fault. */
    static WirePolicy always(WireFault fault) {
        return request -> fault;
    }

    /** The next requests suffer the faults, one each, in order; those that follow pass. */
    static WirePolicy next(WireFault... faults) {
        return new NextFaults(faults);
    }
}
