package io.cordwood.server.http.v2;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.store.batch.RecordHeader;
import io.cordwood.store.batch.StoredRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Writes stored records of a topic as JSON, each on one line.
 *
 * <p>An absent key or value is {@code null}; so is, in the format {@link EmbeddedFormat#JSON}, one
 * whose bytes are the word {@code null}. Headers are in base64 in both formats.
 *
 * @param topic that the records are of
 * @param format of their keys and values
 */
public record RecordJson(TopicName topic, EmbeddedFormat format) {

    private static final int ENVELOPE_SIZE_BYTES = 160;

    /**
     * The JSON of one record.
     *
     * @throws RefusedException if the bytes of the record are not JSON and the format asks for that
     */
    public byte[] of(int partition, StoredRecord stored) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(
                ENVELOPE_SIZE_BYTES + 4 * sizeBytes(stored) / 3);
        try (JsonGenerator json = StrictJson.FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("topic", topic.value());
            write(json, out, new Embedded("key", stored.offset(), stored.record().key()));
            write(json, out, new Embedded("value", stored.offset(), stored.record().value()));
            json.writeNumberField("partition", partition);
            json.writeNumberField("offset", stored.offset());
            json.writeNumberField("timestamp", stored.record().timestampMillis());
            writeHeaders(json, stored.record().headers());
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("bytes in memory are written without I/O", impossible);
        }
        return out.toByteArray();
    }

    /** Bytes of the record's key, value and headers, before they are embedded. */
    public static int sizeBytes(StoredRecord stored) {
        int size = size(stored.record().key()) + size(stored.record().value());
        for (RecordHeader header : stored.record().headers()) {
            size += header.key().length() + size(header.value());
        }
        return size;
    }

    private void write(JsonGenerator json, ByteArrayOutputStream out, Embedded embedded)
            throws IOException {
        json.writeFieldName(embedded.member());
        if (embedded.bytes().isEmpty()) {
            json.writeNull();
            return;
        }
        byte[] bytes = copy(embedded.bytes().get());
        switch (format) {
            case BINARY -> json.writeBinary(bytes);
            case JSON -> writeAsItIs(json, out, embedded.checked(bytes));
        }
    }

    /**
     * The generator is asked for the colon only: it would write numbers anew, and lose digits of
     * some.
     */
    private static void writeAsItIs(JsonGenerator json, ByteArrayOutputStream out, byte[] value)
            throws IOException {
        json.writeRawValue("");
        json.flush();
        out.write(value);
    }

    private static void writeHeaders(JsonGenerator json, List<RecordHeader> headers)
            throws IOException {
        if (headers.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart("headers");
        for (RecordHeader header : headers) {
            json.writeStartObject();
            json.writeStringField("key", header.key());
            if (header.value().isPresent()) {
                json.writeBinaryField("value", copy(header.value().get()));
            } else {
                json.writeNullField("value");
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static int size(Optional<ByteBuffer> bytes) {
        return bytes.map(ByteBuffer::remaining).orElse(0);
    }

    private static byte[] copy(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** A key or value on its way into JSON. */
    private record Embedded(String member, long offset, Optional<ByteBuffer> bytes) {

        /**
         * The bytes, if they are JSON, on one line. Line ends can only stand between the tokens of
         * valid JSON, where a space means the same.
         */
        byte[] checked(byte[] value) {
            if (!StrictJson.isOneValue(value, 0, value.length)) {
                throw new RefusedException(ErrorCode.RECORD_NOT_ACCEPTABLE,
                        "the " + member + " of the record at offset " + offset
                                + " is not JSON: read it as " + EmbeddedFormat.BINARY.mediaType());
            }
            for (int i = 0; i < value.length; i++) {
                if (value[i] == '\n' || value[i] == '\r') {
                    value[i] = ' ';
                }
            }
            return value;
        }
    }
}
