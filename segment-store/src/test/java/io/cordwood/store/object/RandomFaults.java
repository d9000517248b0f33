package io.cordwood.store.object;

import java.util.List;
import java.util.random.RandomGenerator;

/** Faults by chance. The same generator and the same order of requests give the same faults. */
public final class RandomFaults implements FaultPolicy {

    private final RandomGenerator random;
    private final double share;
    private final List<Fault> faults;

    /**
     * Creates the policy.
     *
     * @param share of requests that suffer a fault, 0 to 1
     * @param faults of which each is as likely as any other; one that is given twice is twice as
     *        likely
     */
    public RandomFaults(RandomGenerator random, double share, List<Fault> faults) {
        if (share < 0 || share > 1 || faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "a share is between 0 and 1, and there is some fault");
        }
        this.random = random;
        this.share = share;
        this.faults = List.copyOf(faults);
    }

    @Override
    public synchronized Fault faultOf(Request request) {
        return random.nextDouble() < share
                ? faults.get(random.nextInt(faults.size()))
                : new Fault.Pass();
    }
}
