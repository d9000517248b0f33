package io.cordwood.store.segment;

import io.cordwood.store.batch.ProducerSequence;
import java.util.Optional;

/**
 * A batch where it lies in its run.
 *
 * @param position of its first byte in the run
 * @param length in bytes
 * @param offsetDelta of its first record, counted from the run's first
 * @param producer who sent it, if that is to be known
 */
public record RunBatch(int position, int length, int offsetDelta, int records,
        long maxTimestampMillis, Optional<ProducerSequence> producer) {}
