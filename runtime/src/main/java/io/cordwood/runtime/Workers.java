package io.cordwood.runtime;

import io.vertx.core.Future;
import java.util.concurrent.Callable;

/** A bounded pool of threads for work that blocks: files, codecs, compression. */
@FunctionalInterface
public interface Workers {

    /**
     * Runs the work on some worker, in no particular order with other work. The future fails with
     * what the work throws, and completes on any thread.
     */
    <T> Future<T> call(Callable<T> work);
}
