package io.cordwood.bench;

import io.cordwood.server.cli.client.ServerAddress;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One HTTP/1.1 connection that is kept alive, and a client that costs next to nothing: what it
 * measures is the server. Answers must declare their length, as this server's do. Used by one
 * thread.
 */
final class RawHttp implements AutoCloseable {

    private static final int BUFFER_SIZE = 256 << 10;

    private final Socket socket;
    private final InputStream in;
    private final String host;

    RawHttp(ServerAddress server) throws IOException {
        this.socket = new Socket(server.host(), server.port());
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), BUFFER_SIZE);
        this.host = server.toString();
    }

    /** Sends a body and returns the answer. */
    Answer post(String path, String type, byte[] body) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nhost: " + host + "\r\ncontent-type: " + type
                + "\r\ncontent-length: " + body.length + "\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
        request.write(head.getBytes(StandardCharsets.US_ASCII));
        request.write(body);
        request.writeTo(socket.getOutputStream());
        return answer();
    }

    /** Asks for something and returns the answer. */
    Answer get(String path, String accept) throws IOException {
        String head = "GET " + path + " HTTP/1.1\r\nhost: " + host + "\r\naccept: " + accept
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return answer();
    }

    /** Creates a topic, or fails. */
    void createTopic(String name, int partitions) throws IOException {
        String body = "{\"topic_name\":\"" + name + "\",\"partitions_count\":" + partitions + "}";
        post("/admin/topics", "application/json", body.getBytes(StandardCharsets.UTF_8))
                .expectSuccess();
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("an answer was cut");
        }
        return new Answer(status, headers, ByteBuffer.wrap(body));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What the server answered. */
    record Answer(int status, Map<String, String> headers, ByteBuffer body) {

        Answer expectSuccess() throws IOException {
            if (status >= 300) {
                throw new IOException(status + " " + text());
            }
            return this;
        }

        String text() {
            return StandardCharsets.UTF_8.decode(body.duplicate()).toString();
        }
    }
}
