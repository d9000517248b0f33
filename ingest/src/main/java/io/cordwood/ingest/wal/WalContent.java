package io.cordwood.ingest.wal;

import java.util.List;

/**
 * The usable part of a file.
 *
 * @param frames in the order of their appends; every one was checked
 */
public record WalContent(List<WalFrame> frames, WalEnd end) {

    public WalContent {
        frames = List.copyOf(frames);
    }

    /** The bytes of all batches. */
    public long batchBytes() {
        return frames.stream().mapToLong(frame -> frame.batch().size()).sum();
    }
}
