package io.cordwood.server.log;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** Holds up what goes through it, for as long as it is shut. May be used from any thread. */
public final class Gate {

    private final List<Promise<Void>> held = new ArrayList<>();
    private boolean shut;

    Gate() {}

    /** From now on nothing passes. */
    public synchronized void shut() {
        shut = true;
    }

    /** Lets all pass. */
    public void open() {
        release().forEach(Promise::complete);
    }

    synchronized Future<Void> pass() {
        if (!shut) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        held.add(promise);
        return promise.future();
    }

    /** How many wait to pass. */
    public synchronized int waiting() {
        return held.size();
    }

    private synchronized List<Promise<Void>> release() {
        shut = false;
        List<Promise<Void>> released = List.copyOf(held);
        held.clear();
        return released;
    }
}
