package io.cordwood.query.plan;

import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * What to ask for ahead of a reader, each byte once.
 *
 * @param pieces in their order, each worth a request
 * @param reached up to where all has been asked for
 * @param bytes that have been asked for, now and before, and were not read
 */
public record AheadPlan(List<AheadPiece> pieces, Mark reached, long bytes) {

    /**
     * Less than this is only asked for at the end of a run: a request costs as much as a megabyte.
     */
    static final int PIECE_BYTES_MIN = 1 << 20;

    /**
     * So much is one request at most: with more, its bytes would take longer than its first byte.
     */
    static final int PIECE_BYTES_MAX = 4 << 20;

    /** So many requests are to be under way where there is room for them. */
    private static final int PIECES = 8;

    /** How many runs are looked at for one plan, at most. */
    private static final int RUNS_MAX = 64;

    public AheadPlan {
        pieces = List.copyOf(pieces);
    }

    /**
     * Plans to ask for what follows.
     *
     * @param from where the reader is
     * @param asked up to where all has been asked for before
     * @param bytesMax how much may have been asked for and not be read
     */
    public static AheadPlan of(PartitionState partition, Start from, Mark asked, long bytesMax) {
        int pieceBytes = Math.clamp(bytesMax / PIECES, PIECE_BYTES_MIN, PIECE_BYTES_MAX);
        List<AheadPiece> pieces = new ArrayList<>();
        Mark reached = asked;
        long bytes = 0;
        int last = Math.min(partition.runCount(), from.runIndex() + RUNS_MAX) - 1;
        for (int index = from.runIndex(); index <= last && bytes < bytesMax; index++) {
            Run run = partition.run(index);
            AheadPiece wanted = AheadPiece.of(run,
                    index == from.runIndex() ? from.position() : 0, bytesMax - bytes);
            List<AheadPiece> unasked = wanted.from(asked).cut(pieceBytes);
            pieces.addAll(unasked);
            reached = unasked.isEmpty() ? reached : unasked.getLast().mark();
            AheadPiece had = wanted.upTo(reached);
            bytes += had.isEmpty() ? 0 : Math.max(had.bytes(), PIECE_BYTES_MIN);
            if (!had.endsItsRun()) {
                break;
            }
        }
        return new AheadPlan(pieces, reached, bytes);
    }
}
