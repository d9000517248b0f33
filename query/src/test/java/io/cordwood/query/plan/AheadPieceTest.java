package io.cordwood.query.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.manifest.state.Tier;
import io.cordwood.store.object.ByteRange;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AheadPieceTest {

    private static final Run EARLY = run(1, 0, 1_000);
    private static final Run LATE = run(2, 100, 1_000);
    private static final Run BOTH = run(3, 0, 2_000);

    @Test
    void aPieceIsAsLongAsItMayBeAndEndsWithItsRun() {
        assertThat(AheadPiece.of(EARLY, 200, 300)).isEqualTo(new AheadPiece(EARLY, 200, 500));
        assertThat(AheadPiece.of(EARLY, 800, 300)).isEqualTo(new AheadPiece(EARLY, 800, 1_000));
    }

    @Test
    void piecesAreCutWithoutASmallRestUnlessTheRunEnds() {
        assertThat(new AheadPiece(EARLY, 0, 250).cut(100)).containsExactly(
                new AheadPiece(EARLY, 0, 100), new AheadPiece(EARLY, 100, 200));
        assertThat(new AheadPiece(EARLY, 850, 1_000).cut(100)).containsExactly(
                new AheadPiece(EARLY, 850, 950), new AheadPiece(EARLY, 950, 1_000));
        assertThat(new AheadPiece(EARLY, 0, 99).cut(100)).isEmpty();
    }

    @Test
    void whatWasAskedForLiesBeforeTheMark() {
        AheadPiece piece = new AheadPiece(LATE, 200, 600);

        assertThat(piece.from(Mark.in(LATE, 500))).isEqualTo(new AheadPiece(LATE, 500, 600));
        assertThat(piece.upTo(Mark.in(LATE, 500))).isEqualTo(new AheadPiece(LATE, 200, 500));
        assertThat(piece.from(Mark.in(EARLY, 500))).isEqualTo(piece);
        assertThat(new AheadPiece(EARLY, 200, 600).from(Mark.in(LATE, 0)).isEmpty()).isTrue();
    }

    @Test
    void ofARunThatTookTheirPlaceNothingWasAskedFor() {
        AheadPiece piece = new AheadPiece(BOTH, 200, 600);

        assertThat(piece.from(Mark.in(EARLY, 500))).isEqualTo(piece);
        assertThat(piece.from(Mark.in(LATE, 500))).isEqualTo(piece);
        assertThat(Mark.in(EARLY, 500).isIn(BOTH)).isFalse();
        assertThat(Mark.in(EARLY, 500).isAfter(Mark.in(BOTH, 100))).isFalse();
    }

    private static Run run(long id, long baseOffset, int length) {
        return new Run(SegmentRef.stored(new UUID(0, id), new ByteRange(10_000, 10), Tier.LOG), 0,
                length, baseOffset, length / 10, 0, 0);
    }
}
