package io.cordwood.server.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client that can send what no well-behaved client would. */
final class RawClient implements AutoCloseable {

    private final Socket socket = new Socket();
    private @Nullable InputStream input;

    /** Connects, with a small receive buffer: what it does not read stays with the server. */
    RawClient(int port) {
        try {
            socket.setReceiveBufferSize(16 << 10);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends the head of a produce request for topic {@code t}. */
    RawClient sendHead(String... headers) {
        return send(
                "POST /topics/t HTTP/1.1\r\nhost: x\r\ncontent-type: " + EdgeServer.JSON + "\r\n"
                        + String.join("\r\n", headers) + "\r\n\r\n");
    }

    /** Reads until this text has come. */
    String readUntil(String end) {
        StringBuilder read = new StringBuilder();
        try {
            InputStream input = input();
            while (read.length() < end.length()
                    || !end.contentEquals(read.subSequence(read.length() - end.length(),
                            read.length()))) {
                int next = input.read();
                if (next < 0) {
                    throw new AssertionError("the connection ended after: " + read);
                }
                read.append((char) next);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("after: " + read, failure);
        }
        return read.toString();
    }

    /** Reads until the server ends the connection. */
    String readAll() {
        try {
            return new String(input().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Counts the bytes that still come until the connection ends, in whatever way. */
    long countUntilEnd() {
        long count = 0;
        try {
            while (input().read() >= 0) {
                count++;
            }
        } catch (SocketException reset) {
            return count;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return count;
    }

    private InputStream input() throws IOException {
        if (input == null) {
            input = new BufferedInputStream(socket.getInputStream());
        }
        return input;
    }

    /** Says that nothing more will be sent. */
    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
