package io.cordwood.manifest.state;

import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;
import java.util.UUID;

/**
 * A committed segment: where its bytes are and where its index is. Shared by all its runs.
 *
 * @param index where the index lies in the segment
 * @param tier who made it
 */
public record SegmentRef(Place place, ByteRange index, Tier tier) {

    /** The object that holds the segment. */
    public ObjectKey key() {
        return switch (place) {
            case Stored stored -> BucketLayout.segment(stored.id());
            case Inline inline -> BucketLayout.logEntry(inline.sequence());
        };
    }

    /** A stretch of the segment as a range of the object that holds it. */
    public ByteRange range(long position, int length) {
        return switch (place) {
            case Stored stored -> new ByteRange(position, length);
            case Inline inline -> new ByteRange(inline.position() + position, length);
        };
    }

    /** Who made a segment. */
    public enum Tier {

        /** Ingest: small segments with a short run of whatever came in. */
        WAL,

        /** The merge: large segments with long runs. */
        LOG
    }

    /** Which object holds a segment. */
    public sealed interface Place {}

    /** An object of its own. */
    public record Stored(UUID id) implements Place {}

    /** A manifest entry, from that byte of its object on. */
    public record Inline(long sequence, int position) implements Place {

        public Inline {
            if (sequence < 1 || position < 0) {
                throw new IllegalArgumentException("not in an entry: byte " + position + " of "
                        + sequence);
            }
        }
    }
}
