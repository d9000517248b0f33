package io.cordwood.server.http.v2;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.log.NewRecord;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RecordHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The members of one record of a produce request, as far as they were read. All may be missing: a
 * record without a value is a tombstone.
 */
final class RecordMembers {

    private final EmbeddedBytes bytes;
    private final ItemCount items;
    private final String name;
    private final List<String> seen = new ArrayList<>(5);
    private Optional<ByteBuffer> key = Optional.empty();
    private Optional<ByteBuffer> value = Optional.empty();
    private OptionalInt partition = OptionalInt.empty();
    private long timestampMillis = LogRecord.NO_TIMESTAMP;
    private List<RecordHeader> headers = List.of();

    /**
     * @param bytes reads embedded bytes from the parser that {@link #read} gets
     * @param items counts the headers too
     * @param name of the record in messages
     */
    RecordMembers(EmbeddedBytes bytes, ItemCount items, String name) {
        this.bytes = bytes;
        this.items = items;
        this.name = name;
    }

    /**
     * Reads the object that the parser stands on.
     *
     * @param pathPartition the partition that the path names, if it does; a record may repeat but
     *        not contradict it
     */
    NewRecord read(JsonParser parser, OptionalInt pathPartition) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("is not an object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            parser.nextToken();
            if (seen.contains(member)) {
                throw invalid("has its " + member + " twice");
            }
            seen.add(member);
            read(parser, member);
        }
        if (pathPartition.isPresent() && partition.isPresent()
                && !partition.equals(pathPartition)) {
            throw invalid("names another partition than the path does");
        }
        return new NewRecord(pathPartition.isPresent() ? pathPartition : partition,
                new LogRecord(timestampMillis, key, value, headers));
    }

    private void read(JsonParser parser, String member) throws IOException {
        switch (member) {
            case "key" -> key = bytes.read(name + ": key");
            case "value" -> value = bytes.read(name + ": value");
            case "partition" -> partition = partition(parser);
            case "timestamp" -> timestampMillis = timestamp(parser);
            case "headers" -> headers = headers(parser);
            default -> throw invalid("has an unknown member: " + member);
        }
    }

    private OptionalInt partition(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return OptionalInt.empty();
        }
        long number = integer(parser, "partition");
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw invalid("has a partition that is not a number from 0 on");
        }
        return OptionalInt.of((int) number);
    }

    private long timestamp(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return LogRecord.NO_TIMESTAMP;
        }
        long number = integer(parser, "timestamp");
        if (number < 0 || !LogRecord.timestampIsValid(number)) {
            throw invalid("has a timestamp that is not in milliseconds since 1970");
        }
        return number;
    }

    private long integer(JsonParser parser, String member) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw invalid("has a " + member + " that is not a whole number");
        }
        return parser.getLongValue();
    }

    private List<RecordHeader> headers(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw invalid("has headers that are not an array");
        }
        List<RecordHeader> read = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add();
            read.add(header(parser));
        }
        return read;
    }

    private RecordHeader header(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw invalid("has a header that is not an object with key and value");
        }
        Optional<String> headerKey = Optional.empty();
        Optional<ByteBuffer> headerValue = Optional.empty();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            JsonToken token = parser.nextToken();
            if (member.equals("key") && token == JsonToken.VALUE_STRING) {
                headerKey = Optional.of(headerKey(parser.getText()));
            } else if (member.equals("value")) {
                headerValue = bytes.readBase64(name + ": header");
            } else {
                throw invalid("has a header with something else than a key (a string) and a value");
            }
        }
        return new RecordHeader(headerKey.orElseThrow(() -> invalid("has a header without a key")),
                headerValue);
    }

    private String headerKey(String text) {
        if (!RecordHeader.keyIsValid(text)) {
            throw invalid("has a header whose key is not text: half of a surrogate pair");
        }
        return text;
    }

    private RefusedException invalid(String problem) {
        return new RefusedException(ErrorCode.INVALID, name + " " + problem);
    }
}
