package io.cordwood.store.object.faultproxy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;

/** One fault for each of the next requests. */
final class NextFaults implements WirePolicy {

    private final ConcurrentLinkedQueue<WireFault> faults;

    NextFaults(WireFault... faults) {
        this.faults = new ConcurrentLinkedQueue<>(List.of(faults));
    }

    @Override
    public WireFault faultOf(WireRequest request) {
        return Optional.ofNullable(faults.poll()).orElseGet(WireFault.Pass::new);
    }
}
