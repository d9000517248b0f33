package io.cordwood.manifest.commit;

import io.vertx.core.Promise;
import java.util.Optional;

/**
 * A proposal and whoever waits for what becomes of it.
 *
 * @param origin the process that proposed it; empty if it is this one
 */
record Pending<T>(Proposal<T> proposal, Promise<T> promise, Optional<Origin> origin) {}
