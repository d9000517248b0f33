package io.cordwood.manifest.state;

import io.cordwood.store.batch.ProducerSequence;
import io.vavr.collection.Vector;
import java.util.Optional;

/**
 * What a partition remembers of an idempotent producer: enough to recognise a batch that is sent
 * again, and one that is not the next.
 *
 * @param epoch the largest under which it has sent
 * @param recent its last batches of that epoch, oldest first
 * @param lastMillis when the entry of its last batch was written
 */
public record ProducerState(short epoch, Vector<Recent> recent, long lastMillis) {

    /** How many batches a producer may have on the way at a time, as Kafka bounds it. */
    static final int RECENT_MAX = 5;

    public ProducerState {
        if (epoch < 0 || recent.isEmpty() || recent.size() > RECENT_MAX) {
            throw new IllegalArgumentException("a producer is remembered by its last batches");
        }
    }

    /** The state after a batch is appended at an offset, in an entry of that time. */
    public static ProducerState after(Optional<ProducerState> known, ProducerSequence batch,
            int records, long baseOffset, long millis) {
        return known.map(producer -> producer.with(batch, records, baseOffset, millis))
                .orElseGet(() -> of(batch, records, baseOffset, millis));
    }

    private static ProducerState of(ProducerSequence batch, int records, long baseOffset,
            long millis) {
        return new ProducerState(batch.producerEpoch(),
                Vector.of(new Recent(batch.firstSequence(), records, baseOffset)), millis);
    }

    private ProducerState with(ProducerSequence batch, int records, long baseOffset, long millis) {
        if (batch.producerEpoch() != epoch) {
            return of(batch, records, baseOffset, millis);
        }
        Recent added = new Recent(batch.firstSequence(), records, baseOffset);
        return new ProducerState(epoch, recent.append(added).takeRight(RECENT_MAX), millis);
    }

    /** The sequence of its last record. */
    public int lastSequence() {
        Recent last = recent.last();
        return ProducerSequence.after(last.firstSequence(), last.records() - 1);
    }

    /** The sequence that its next batch begins with. */
    int nextSequence() {
        Recent last = recent.last();
        return ProducerSequence.after(last.firstSequence(), last.records());
    }

    /** A batch that is part of the partition. */
    public record Recent(int firstSequence, int records, long baseOffset) {

        public Recent {
            if (firstSequence < 0 || records <= 0 || baseOffset < 0) {
                throw new IllegalArgumentException("a batch has records: " + records);
            }
        }
    }
}
