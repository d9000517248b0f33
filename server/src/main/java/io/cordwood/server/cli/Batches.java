package io.cordwood.server.cli;

import java.io.IOException;
import java.util.Optional;

/** Batches to send, one after the other. */
@FunctionalInterface
interface Batches {

    /** The next batch; none at the end. Throws {@link CommandFailure} for a line that is none. */
    Optional<Batch> next() throws IOException;
}
