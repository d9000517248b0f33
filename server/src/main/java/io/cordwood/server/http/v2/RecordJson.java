package io.cordwood.server.http.v2;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RecordHeader;
import io.cordwood.store.batch.StoredRecord;
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

    private static final int ENVELOPE_SIZE_BYTES = 112;

    private static final String TOPIC = "{\"topic\":";
    private static final String KEY = ",\"key\":";
    private static final String VALUE = ",\"value\":";
    private static final String PARTITION = ",\"partition\":";
    private static final String OFFSET = ",\"offset\":";
    private static final String TIMESTAMP = ",\"timestamp\":";
    private static final String HEADERS = ",\"headers\":[";
    private static final String HEADER_KEY = "{\"key\":";

    /**
     * The JSON of one record.
     *
     * @throws RefusedException if the bytes of the record are not JSON and the format asks for that
     */
    public byte[] of(int partition, StoredRecord stored) {
        JsonBytes json = new JsonBytes(sizeEstimate(stored));
        write(partition, stored, json);
        return json.toArray();
    }

    /**
     * Appends one record. What was appended of it is to be cut off again when this throws.
     *
     * @throws RefusedException as {@link #of} does
     */
    void write(int partition, StoredRecord stored, JsonBytes json) {
        LogRecord record = stored.record();
        json.ascii(TOPIC).string(topic.value());
        embed(new Embedded("key", stored.offset(), record.key()), json.ascii(KEY));
        embed(new Embedded("value", stored.offset(), record.value()), json.ascii(VALUE));
        json.ascii(PARTITION).number(partition).ascii(OFFSET).number(stored.offset())
                .ascii(TIMESTAMP).number(record.timestampMillis());
        writeHeaders(record.headers(), json);
        json.ascii("}");
    }

    /** About how many bytes the JSON of a record takes. */
    static int sizeEstimate(StoredRecord stored) {
        return ENVELOPE_SIZE_BYTES + 4 * sizeBytes(stored) / 3;
    }

    /** Bytes of the record's key, value and headers, before they are embedded. */
    public static int sizeBytes(StoredRecord stored) {
        int size = size(stored.record().key()) + size(stored.record().value());
        for (RecordHeader header : stored.record().headers()) {
            size += header.key().length() + size(header.value());
        }
        return size;
    }

    private void embed(Embedded embedded, JsonBytes json) {
        if (embedded.bytes().isEmpty()) {
            json.ascii("null");
            return;
        }
        ByteBuffer bytes = embedded.bytes().get();
        switch (format) {
            case BINARY -> json.base64(bytes);
            case JSON -> json.bytes(embedded.checked(copy(bytes)));
        }
    }

    private static void writeHeaders(List<RecordHeader> headers, JsonBytes json) {
        if (headers.isEmpty()) {
            return;
        }
        String separator = HEADERS;
        for (RecordHeader header : headers) {
            json.ascii(separator).ascii(HEADER_KEY).string(header.key()).ascii(VALUE);
            header.value().ifPresentOrElse(json::base64, () -> json.ascii("null"));
            json.ascii("}");
            separator = ",";
        }
        json.ascii("]");
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
