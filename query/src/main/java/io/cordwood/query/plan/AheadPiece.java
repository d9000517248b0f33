package io.cordwood.query.plan;

import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a run, from a position to another; positions are those of a {@link Mark}. How many
 * bytes it has is known in a segment, and in history on average.
 */
public record AheadPiece(Run run, int position, int end) {

    /** The part from a position on that has about so many bytes, or ends the run. */
    static AheadPiece of(Run run, int position, long bytesMax) {
        double length = Math.max(1, bytesMax / bytesPerPosition(run));
        return new AheadPiece(run, position, (int) Math.min(size(run), position + length));
    }

    /** What of it is not before a mark. */
    AheadPiece from(Mark mark) {
        return new AheadPiece(run, Math.max(position, positionOf(mark)), end);
    }

    /** What of it is before a mark. */
    AheadPiece upTo(Mark mark) {
        return new AheadPiece(run, position, Math.min(end, positionOf(mark)));
    }

    /** Pieces of so many bytes, without a smaller rest unless it ends the run. */
    List<AheadPiece> cut(int bytes) {
        List<AheadPiece> pieces = new ArrayList<>();
        AheadPiece rest = this;
        while (!rest.isEmpty() && (rest.bytes() >= bytes || rest.endsItsRun())) {
            AheadPiece first = of(run, rest.position, bytes);
            pieces.add(new AheadPiece(run, first.position, Math.min(first.end, end)));
            rest = new AheadPiece(run, pieces.getLast().end, end);
        }
        return pieces;
    }

    boolean isEmpty() {
        return position >= end;
    }

    boolean endsItsRun() {
        return end == size(run);
    }

    /** Where it ends. */
    Mark mark() {
        return Mark.in(run, end);
    }

    /** How many bytes it has, about. */
    long bytes() {
        return (long) ((end - position) * bytesPerPosition(run));
    }

    /**
     * All of the run lies before a mark in a later one; none before one in a run whose place this
     * one took.
     */
    private int positionOf(Mark mark) {
        if (mark.isIn(run)) {
            return mark.position();
        }
        return mark.runBaseOffset() >= run.endOffset() ? size(run) : 0;
    }

    private static int size(Run run) {
        return switch (run.home()) {
            case SegmentRef segment -> run.length();
            case HistoryRef file -> run.offsets();
        };
    }

    private static double bytesPerPosition(Run run) {
        return (double) run.length() / size(run);
    }
}
