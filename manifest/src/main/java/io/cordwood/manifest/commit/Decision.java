package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.runtime.LogException;
import io.cordwood.store.object.Bytes;
import java.util.List;

/**
 * What a proposal comes to in a state.
 *
 * @param <T> what the proposer is told
 */
public sealed interface Decision<T> {

    /**
     * It may become true.
     *
     * @param inline the segments that travel in the entry: none or one
     * @param answer for when it did
     */
    record Accepted<T>(ManifestEvent event, List<Bytes> inline, T answer) implements Decision<T> {}

    /** It is true already, and nothing is written. */
    record Settled<T>(T answer) implements Decision<T> {}

    /** It may not. */
    record Refused<T>(LogException reason) implements Decision<T> {}
}
