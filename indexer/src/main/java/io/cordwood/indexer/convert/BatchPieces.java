package io.cordwood.indexer.convert;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The batches of a run with their offsets, some at a time, in order. */
@FunctionalInterface
interface BatchPieces {

    /**
     * The next batches, back to back; empty at the end. Not asked again before it has answered.
     *
     * @return fails with {@link io.cordwood.runtime.CorruptException} when the run is not what
     *         was written
     */
    Future<Optional<ByteBuffer>> next();
}
