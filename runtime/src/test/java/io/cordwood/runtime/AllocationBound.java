package io.cordwood.runtime;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/**
 * The most that an act may allocate: a few bytes from outside must not make anybody allocate many.
 *
 * @param bytes on the heap, by the thread that acts
 */
public record AllocationBound(long bytes) {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /**
     * What the act gives. It is repeated before it is blamed, because the first to need a class
     * pays for its loading; so it must be one that can be repeated.
     */
    public <T> T hold(Supplier<T> act) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        T result = act.get();
        if (THREADS.getCurrentThreadAllocatedBytes() - before <= bytes) {
            return result;
        }
        before = THREADS.getCurrentThreadAllocatedBytes();
        T repeated = act.get();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated > bytes) {
            throw new AssertionError("allocated " + allocated + " bytes, not " + bytes);
        }
        return repeated;
    }
}
