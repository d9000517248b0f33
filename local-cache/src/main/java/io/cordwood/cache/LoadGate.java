package io.cordwood.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bound in bytes on what is on its way from the bucket at one time: blocks weigh nothing in the
 * memory's bound before they are there. First come, first served; one that is larger than the bound
 * goes alone. Any thread may call.
 */
final class LoadGate {

    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final ConcurrentLinkedQueue<Waiter> line = new ConcurrentLinkedQueue<>();
    private final AtomicInteger turns = new AtomicInteger();

    LoadGate(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Complete when so many bytes may be asked for. Given back with {@link #leave}. */
    Future<Void> enter(long size) {
        Waiter waiter = new Waiter(size, Promise.promise());
        line.add(waiter);
        serve();
        return waiter.promise().future();
    }

    /** So many bytes are there, or will not come. */
    void leave(long size) {
        bytes.addAndGet(-size);
        serve();
    }

    /** Bytes that are on their way now. */
    long bytes() {
        return bytes.get();
    }

    /** One thread at a time serves the line; whoever comes meanwhile has it look once more. */
    private void serve() {
        if (turns.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        while (seen > 0) {
            for (Waiter first = line.peek(); first != null && fits(first); first = line.peek()) {
                line.remove();
                bytes.addAndGet(first.size());
                first.promise().complete();
            }
            seen = turns.addAndGet(-seen);
        }
    }

    private boolean fits(Waiter waiter) {
        long held = bytes.get();
        return held == 0 || held + waiter.size() <= bytesMax;
    }

    private record Waiter(long size, Promise<Void> promise) {}
}
