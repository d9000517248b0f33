package io.cordwood.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Cuts bytes into lines at each newline, whatever else the bytes are. */
final class LineSource {

    private static final int BUFFER_BYTES = 1 << 17;

    private final InputStream input;
    private final int lineBytesMax;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long bytesRead;
    private long lines;

    LineSource(InputStream input, int lineBytesMax) {
        this.input = input;
        this.lineBytesMax = lineBytesMax;
    }

    /**
     * The next line without its newline; none at the end. Waits for input. What follows the last
     * newline is a line if it has a byte.
     */
    Optional<byte[]> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int newline = newline();
            line.write(buffer, position, newline - position);
            position = newline;
            if (line.size() > lineBytesMax) {
                throw new CommandFailure("line " + (lines + 1) + " is longer than " + lineBytesMax
                        + " bytes", "a record holds less: split it, or is this not a text?");
            }
            if (position < limit) {
                position++;
                lines++;
                return Optional.of(line.toByteArray());
            }
            if (!fill()) {
                return line.size() == 0 ? Optional.empty() : Optional.of(last(line));
            }
        }
    }

    /** Whether some of the next line is there without waiting. */
    boolean ready() throws IOException {
        return position < limit || input.available() > 0;
    }

    /** The number of the line that was returned last, from 1. */
    long lines() {
        return lines;
    }

    /**
     * How many lines an input of so many bytes has, judging by those read; -1 if that is unknown.
     */
    long expected(long sizeBytes) {
        if (sizeBytes <= 0 || bytesRead == 0) {
            return -1;
        }
        long read = bytesRead - (limit - position);
        return Math.round((double) sizeBytes * lines / Math.max(1, read));
    }

    private byte[] last(ByteArrayOutputStream line) {
        lines++;
        return line.toByteArray();
    }

    private int newline() {
        int end = position;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        return end;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = 0;
        int read = input.read(buffer);
        if (read < 0) {
            return false;
        }
        limit = read;
        bytesRead += read;
        return true;
    }
}
