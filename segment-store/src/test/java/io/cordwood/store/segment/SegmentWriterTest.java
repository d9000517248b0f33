package io.cordwood.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentWriterTest {

    @Test
    void aSegmentOfAnothersRunsHoldsTheSameHoweverTheyAreCut() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            Segment segment = SegmentForge.random(random, 20);

            SegmentIndex index = SegmentIndex.verify(rewritten(segment, random).copy());

            assertThat(index.runs()).as("seed %d", seed)
                    .extracting(SegmentWriterTest::withoutMinTime)
                    .isEqualTo(segment.runs().stream().map(SegmentWriterTest::withoutMinTime)
                            .toList());
            assertThat(index.stretches()).as("seed %d", seed).isEqualTo(SegmentIndex
                    .verify(segment.bytes().copy()).stretches());
        }
    }

    @Test
    void whatIsNoWholeBatchIsNotTaken() {
        ByteBuffer batch = SegmentForge.batch(0, 3).bytes();
        for (int length = 0; length < batch.remaining(); length++) {
            assertThat(begun().add(batch.slice(0, length))).isZero();
        }
        ByteBuffer two = ByteBuffer.allocate(2 * batch.remaining() - 1).put(batch.duplicate())
                .put(batch.slice(0, batch.remaining() - 1)).flip();

        assertThat(begun().add(two)).isEqualTo(batch.remaining());
    }

    @Test
    void aBatchWithAWrongChecksumIsNotTaken() {
        ByteBuffer batch = ByteBuffer.allocate(SegmentForge.batch(0, 3).size())
                .put(SegmentForge.batch(0, 3).bytes()).flip();
        batch.put(batch.limit() - 1, (byte) (batch.get(batch.limit() - 1) ^ 1));

        assertThat(begun().add(batch)).isZero();
    }

    private static SegmentWriter begun() {
        Segment any = SegmentForge.random(new Random(1), 1);
        SegmentWriter writer = new SegmentWriter(any.id());
        writer.beginRun(any.runs().getFirst().partition());
        return writer;
    }

    /** Written anew, in pieces that end anywhere. */
    private static Bytes rewritten(Segment segment, Random random) {
        ByteBuffer bytes = segment.bytes().copy();
        SegmentWriter writer = new SegmentWriter(segment.id());
        List<ByteBuffer> written = new ArrayList<>(List.of(writer.header()));
        for (SegmentRun run : segment.runs()) {
            writer.beginRun(run.partition());
            int position = 0;
            int room = 1;
            while (position < run.length()) {
                int length = Math.min(room, run.length() - position);
                ByteBuffer piece = bytes.slice((int) run.position() + position, length);
                int taken = writer.add(piece);
                written.add(piece.slice(0, taken));
                position += taken;
                room = taken == 0 ? room * 2 : 1 + random.nextInt(5_000);
            }
            writer.endRun();
        }
        written.addAll(writer.end().bytes().slices());
        return Bytes.of(written);
    }

    /** Which is another where batches were stored before, as the layout says. */
    private static SegmentRun withoutMinTime(SegmentRun run) {
        return new SegmentRun(run.partition(), run.position(), run.length(), run.batches(),
                run.baseOffset(), run.offsets(),
                new TimestampRange(0, run.timestamps().maxMillis()), run.crc());
    }
}
