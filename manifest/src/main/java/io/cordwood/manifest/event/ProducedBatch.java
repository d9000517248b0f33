package io.cordwood.manifest.event;

import io.cordwood.store.batch.ProducerSequence;

/**
 * A batch of an idempotent producer that becomes part of its partition.
 *
 * @param offsetDelta of its first record, counted from the run's first
 */
public record ProducedBatch(ProducerSequence producer, int offsetDelta, int records) {

    public ProducedBatch {
        producer = producer.joined();
        if (offsetDelta < 0 || records <= 0) {
            throw new IllegalArgumentException("a batch has records: " + records + " at "
                    + offsetDelta);
        }
    }
}
