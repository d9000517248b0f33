package io.cordwood.server.http.v2;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** JSON that is being written, in UTF-8. It is the writer who puts the tokens in their order. */
final class JsonBytes {

    private static final int SIZE_MIN = 256;

    private byte[] bytes;
    private int length;

    /** Has room for so many bytes before it must grow. */
    JsonBytes(int sizeBytes) {
        bytes = new byte[Math.max(sizeBytes, SIZE_MIN)];
    }

    int length() {
        return length;
    }

    /** Forgets what was written after so many bytes. */
    void cutTo(int lengthBefore) {
        length = lengthBefore;
    }

    /** Appends what is JSON already, of ASCII characters only. */
    JsonBytes ascii(String json) {
        makeRoom(json.length());
        for (int i = 0; i < json.length(); i++) {
            bytes[length++] = (byte) json.charAt(i);
        }
        return this;
    }

    /** Appends a text as a string. */
    JsonBytes string(String text) {
        return ascii("\"").bytes(JsonStringEncoder.getInstance().quoteAsUTF8(text)).ascii("\"");
    }

    /** Appends a number. */
    JsonBytes number(long number) {
        return ascii(Long.toString(number));
    }

    /** Appends bytes as a string in base64. */
    JsonBytes base64(ByteBuffer content) {
        ByteBuffer encoded = Base64.getEncoder().encode(content.duplicate());
        int size = encoded.remaining();
        ascii("\"").makeRoom(size);
        encoded.get(bytes, length, size);
        length += size;
        return ascii("\"");
    }

    /** Appends what is JSON already. */
    JsonBytes bytes(byte[] json) {
        makeRoom(json.length);
        System.arraycopy(json, 0, bytes, length, json.length);
        length += json.length;
        return this;
    }

    private void makeRoom(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, length);
    }

    Buffer toBuffer() {
        return Buffer.buffer(length).appendBytes(bytes, 0, length);
    }
}
