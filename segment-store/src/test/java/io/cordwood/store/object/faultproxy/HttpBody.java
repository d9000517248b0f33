package io.cordwood.store.object.faultproxy;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** Copies the body of one message, whichever way its length is told. */
final class HttpBody {

    private static final int PIECE_BYTES = 16 << 10;

    private final InputStream in;
    private final OutputStream out;
    private final long bytesPerSecond;
    private long left;

    private HttpBody(InputStream in, OutputStream out, Flow flow) {
        this.in = in;
        this.out = out;
        this.bytesPerSecond = flow.bytesPerSecond();
        this.left = flow.bytesMax();
    }

    /** How fast a body goes, and how much of it. */
    record Flow(long bytesPerSecond, long bytesMax) {

        static final Flow FREE = new Flow(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Copies the body of a request. */
    static void copyRequest(HttpHead head, InputStream in, OutputStream out, Flow flow)
            throws IOException {
        HttpBody body = new HttpBody(in, out, flow);
        if (head.header("transfer-encoding").equalsIgnoreCase("chunked")) {
            body.copyChunks();
        } else if (!head.header("content-length").isEmpty()) {
            body.copy(Long.parseLong(head.header("content-length")));
        }
        out.flush();
    }

    /** Copies the body of an answer, which may go on until the connection ends. */
    static void copyAnswer(HttpHead head, InputStream in, OutputStream out, Flow flow)
            throws IOException {
        boolean hasLength = !head.header("content-length").isEmpty()
                || !head.header("transfer-encoding").isEmpty();
        if (hasLength) {
            copyRequest(head, in, out, flow);
        } else {
            in.transferTo(out);
            out.flush();
        }
    }

    private void copyChunks() throws IOException {
        long size;
        do {
            String line = line();
            size = Long.parseLong(line.split(";", 2)[0].trim(), 16);
            copy(size == 0 ? 0 : size + 2);
        } while (size > 0 && left > 0);
        while (left > 0 && !line().isEmpty()) {
            // Trailing headers go through as they are.
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("cut within a chunk's head");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        out.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return line.toString();
    }

    private void copy(long length) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        long rest = Math.min(length, left);
        while (rest > 0) {
            int read = in.read(piece, 0,
                    (int) Math.min(piece.length, Math.min(rest, bytesPerSecond)));
            if (read < 0) {
                throw new EOFException("cut within a body");
            }
            out.write(piece, 0, read);
            rest -= read;
            left -= read;
            hold(read);
        }
    }

    private void hold(int bytes) throws IOException {
        if (bytesPerSecond < Long.MAX_VALUE) {
            out.flush();
            LockSupport.parkNanos(bytes * 1_000_000_000L / bytesPerSecond);
        }
    }
}
