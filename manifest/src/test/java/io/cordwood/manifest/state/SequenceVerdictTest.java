package io.cordwood.manifest.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SequenceVerdictTest {

    private static final long PRODUCER = 7;

    private Optional<ProducerState> known = Optional.empty();
    private long offset = 100;

    @Test
    void aProducerBeginsWithSequenceZero() {
        assertThat(judge(1, 0)).isInstanceOf(SequenceVerdict.Next.class);
        assertRefused(judge(1, 3), Reason.OUT_OF_ORDER_SEQUENCE);
    }

    @Test
    void aProducerThatMayHaveBeenForgottenGoesOnWhereItIs() {
        assertThat(SequenceVerdict.of(known, true, sequence(1, 3), 2))
                .isInstanceOf(SequenceVerdict.Next.class);
    }

    @Test
    void theNextSequenceIsTheOneAfterTheLast() {
        append(1, 0);
        append(1, 2);

        assertThat(judge(1, 4)).isInstanceOf(SequenceVerdict.Next.class);
        assertRefused(judge(1, 5), Reason.OUT_OF_ORDER_SEQUENCE);
        assertRefused(judge(1, 3), Reason.OUT_OF_ORDER_SEQUENCE);
    }

    @Test
    void eachOfTheLastFiveBatchesIsRecognised() {
        for (int i = 0; i < 7; i++) {
            append(1, 2 * i);
        }

        for (int i = 2; i < 7; i++) {
            assertThat(judge(1, 2 * i)).isEqualTo(new SequenceVerdict.Duplicate(100 + 2L * i));
        }
        assertRefused(judge(1, 2), Reason.OUT_OF_ORDER_SEQUENCE);
    }

    @Test
    void aBatchOfAnotherLengthIsNoDuplicate() {
        append(1, 0);

        assertRefused(SequenceVerdict.of(known, false, sequence(1, 0), 1),
                Reason.OUT_OF_ORDER_SEQUENCE);
    }

    @Test
    void aLaterInstanceBeginsWithZeroAndEndsTheOneBefore() {
        append(1, 0);

        assertRefused(judge(2, 2), Reason.OUT_OF_ORDER_SEQUENCE);
        assertThat(judge(2, 0)).isInstanceOf(SequenceVerdict.Next.class);
        append(2, 0);
        assertRefused(judge(1, 2), Reason.INVALID_PRODUCER_EPOCH);
        assertThat(judge(2, 0)).isInstanceOf(SequenceVerdict.Duplicate.class);
    }

    @Test
    void sequencesBeginAgainAfterTheLargest() {
        known = Optional.of(ProducerState.after(known, sequence(1, Integer.MAX_VALUE - 1), 2, 0,
                0));

        assertThat(judge(1, 0)).isInstanceOf(SequenceVerdict.Next.class);
    }

    /** Judges a batch of two records. */
    private SequenceVerdict judge(int epoch, int firstSequence) {
        return SequenceVerdict.of(known, false, sequence(epoch, firstSequence), 2);
    }

    private void append(int epoch, int firstSequence) {
        known = Optional.of(
                ProducerState.after(known, sequence(epoch, firstSequence), 2, offset, 0));
        offset += 2;
    }

    private static ProducerSequence sequence(int epoch, int firstSequence) {
        return new ProducerSequence(PRODUCER, (short) epoch, firstSequence, Membership.NONE);
    }

    private static void assertRefused(SequenceVerdict verdict, Reason reason) {
        assertThat(verdict).isInstanceOfSatisfying(SequenceVerdict.Refused.class,
                refused -> assertThat(refused.reason()).extracting(RejectedException::reason)
                        .isEqualTo(reason));
    }
}
