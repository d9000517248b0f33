package io.cordwood.store.object.faultproxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The first line and the headers of a message.
 *
 * @param text as it came, a character for every byte
 * @param words of the first line
 * @param headers by name in lower case
 */
record HttpHead(String text, List<String> words, Map<String, String> headers) {

    private static final int BYTES_MAX = 64 << 10;

    /** Reads a head; empty when the connection ends before one begins. */
    static Optional<HttpHead> read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        int newlines = 0;
        while (newlines < 2) {
            int next = in.read();
            if (next < 0 && bytes.size() == 0) {
                return Optional.empty();
            }
            if (next < 0 || bytes.size() > BYTES_MAX) {
                throw new EOFException("not a whole head: " + bytes);
            }
            bytes.write(next);
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
        return Optional.of(parsed(bytes.toByteArray()));
    }

    /** As it came. */
    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The status of an answer. */
    int status() {
        return Integer.parseInt(words.get(1));
    }

    /** The value of a header; empty where there is none. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    private static HttpHead parsed(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String[] lines = text.split("\r\n", -1);
        Map<String, String> headers = new LinkedHashMap<>();
        for (int line = 1; line < lines.length; line++) {
            int colon = lines[line].indexOf(':');
            if (colon > 0) {
                headers.put(lines[line].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[line].substring(colon + 1).trim());
            }
        }
        return new HttpHead(text, List.of(lines[0].split(" ", 3)), headers);
    }
}
