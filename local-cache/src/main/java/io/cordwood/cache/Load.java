package io.cordwood.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** The one load of a block that is under way, for all who wait for it. */
record Load(BlockKey key, Promise<Block> promise) {

    static Load of(BlockKey key) {
        return new Load(key, Promise.promise());
    }

    Future<Block> future() {
        return promise.future();
    }
}
