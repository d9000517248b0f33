package io.cordwood.manifest.commit;

import io.vertx.core.Promise;

/** A proposal and whoever waits for what becomes of it. */
record Pending<T>(Proposal<T> proposal, Promise<T> promise) {}
