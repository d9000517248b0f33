package io.cordwood.manifest.state;

import static io.cordwood.runtime.RejectedException.Reason.INVALID_PRODUCER_EPOCH;
import static io.cordwood.runtime.RejectedException.Reason.OUT_OF_ORDER_SEQUENCE;

import io.cordwood.runtime.RejectedException;
import io.cordwood.store.batch.ProducerSequence;
import java.util.Optional;

/**
 * What a batch of an idempotent producer is to its partition. The rules are Kafka's, but for one: a
 * producer of which nothing was ever forgotten begins with sequence 0, so that its second batch is
 * not taken for its first when the first got lost on the way.
 *
 * @see <a href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-98">KIP-98</a>
 */
public sealed interface SequenceVerdict {

    /** It comes next, and may be appended. */
    record Next() implements SequenceVerdict {}

    /** It is there already, from that offset on. */
    record Duplicate(long baseOffset) implements SequenceVerdict {}

    /** It may not be appended. */
    record Refused(RejectedException reason) implements SequenceVerdict {}

    /**
     * Judges a batch.
     *
     * @param known what the partition remembers of the producer
     * @param mayBeForgotten whether it may have known the producer once
     */
    static SequenceVerdict of(Optional<ProducerState> known, boolean mayBeForgotten,
            ProducerSequence batch, int records) {
        if (known.isEmpty()) {
            return mayBeForgotten || batch.firstSequence() == 0
                    ? new Next()
                    : outOfOrder(batch, 0);
        }
        ProducerState producer = known.get();
        if (batch.producerEpoch() < producer.epoch()) {
            return new Refused(new RejectedException(INVALID_PRODUCER_EPOCH, "producer "
                    + batch.producerId() + " goes on under epoch " + producer.epoch()
                    + ": the one of epoch " + batch.producerEpoch() + " is over"));
        }
        if (batch.producerEpoch() > producer.epoch()) {
            return batch.firstSequence() == 0 ? new Next() : outOfOrder(batch, 0);
        }
        return ofSameEpoch(producer, batch, records);
    }

    private static SequenceVerdict ofSameEpoch(ProducerState producer, ProducerSequence batch,
            int records) {
        Optional<ProducerState.Recent> same = producer.recent()
                .find(recent -> recent.firstSequence() == batch.firstSequence()
                        && recent.records() == records)
                .toJavaOptional();
        if (same.isPresent()) {
            return new Duplicate(same.get().baseOffset());
        }
        return batch.firstSequence() == producer.nextSequence()
                ? new Next()
                : outOfOrder(batch, producer.nextSequence());
    }

    private static SequenceVerdict outOfOrder(ProducerSequence batch, int expected) {
        return new Refused(new RejectedException(OUT_OF_ORDER_SEQUENCE, "sequence "
                + batch.firstSequence() + " of producer " + batch.producerId()
                + " is not the next: " + expected + " is"));
    }
}
