package io.cordwood.server.cli;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Groups lines into batches: as many as are there without waiting, up to a number and a size. So a
 * file goes in large batches, and a line that somebody types goes at once.
 */
final class BatchSource implements Batches {

    private static final long BATCH_BYTES_MAX = 256 << 10;

    private final LineSource source;
    private final int linesMax;
    private final Optional<ByteString> keySeparator;
    private Optional<CommandFailure> failure = Optional.empty();

    BatchSource(LineSource source, int linesMax, Optional<ByteString> keySeparator) {
        this.source = source;
        this.linesMax = linesMax;
        this.keySeparator = keySeparator;
    }

    /** A line that cannot be sent fails after those before it were handed out. */
    @Override
    public Optional<Batch> next() throws IOException {
        if (failure.isPresent()) {
            throw failure.get();
        }
        List<Line> lines = new ArrayList<>();
        long bytes = 0;
        try {
            do {
                Optional<byte[]> line = source.next();
                if (line.isEmpty()) {
                    break;
                }
                lines.add(Line.of(source.lines(), line.get(), keySeparator));
                bytes += lines.getLast().bytes();
            } while (lines.size() < linesMax && bytes < BATCH_BYTES_MAX && source.ready());
        } catch (CommandFailure wrong) {
            failure = Optional.of(wrong);
            if (lines.isEmpty()) {
                throw wrong;
            }
        }
        return lines.isEmpty() ? Optional.empty() : Optional.of(new Batch(lines));
    }
}
