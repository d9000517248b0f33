package io.cordwood.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is said of a segment fits its bytes, whoever says it. */
class SegmentTest {

    private static final PartitionId PARTITION = new PartitionId(new UUID(3, 4), 5);

    private final Segment good = segment();

    @Test
    void itIsAsLongAsItsParts() {
        ByteRange index = good.index();

        assertThat(with(good.bytes(), index)).isEqualTo(good);
        assertRefused(() -> with(Bytes.of(), index));
        assertRefused(() -> with(good.bytes(),
                new ByteRange(index.position() + 1, index.length())));
        assertRefused(() -> with(good.bytes(),
                new ByteRange(index.position() - 1, index.length() + 1)));
    }

    @Test
    void batchesFillTheirRun() {
        List<RunBatch> batches = good.batches().getFirst();
        RunBatch first = batches.getFirst();
        RunBatch last = batches.getLast();

        assertThat(with(List.of(batches))).isEqualTo(good);
        assertThat(with(List.of(List.of()))).isNotEqualTo(good);
        assertRefused(() -> with(List.of()));
        assertRefused(() -> with(List.of(List.of(first))));
        assertRefused(() -> with(List.of(List.of(last, first))));
        assertRefused(() -> with(List.of(List.of(first, last, last))));
        assertRefused(() -> with(List.of(List.of(first, new RunBatch(last.position(),
                last.length(), last.offsetDelta(), last.records() + 1, 0, Optional.empty())))));
    }

    @Test
    void aBatchIsNotEmpty() {
        assertRefused(() -> new RunBatch(-1, 1, 0, 1, 0, Optional.empty()));
        assertRefused(() -> new RunBatch(0, 0, 0, 1, 0, Optional.empty()));
        assertRefused(() -> new RunBatch(0, 1, -1, 1, 0, Optional.empty()));
        assertRefused(() -> new RunBatch(0, 1, 0, 0, 0, Optional.empty()));
    }

    private Segment with(Bytes bytes, ByteRange index) {
        return new Segment(good.id(), bytes, index, good.runs(), good.batches());
    }

    private Segment with(List<List<RunBatch>> batches) {
        return new Segment(good.id(), good.bytes(), good.index(), good.runs(), batches);
    }

    private static Segment segment() {
        SegmentBuilder builder = new SegmentBuilder(new UUID(1, 2));
        builder.add(PARTITION, SegmentForge.batch(
                new ProducerSequence(7, (short) 0, 0, Membership.NONE), 2));
        builder.add(PARTITION, SegmentForge.batch(0, 3));
        return builder.build();
    }

    private static void assertRefused(ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class);
    }
}
