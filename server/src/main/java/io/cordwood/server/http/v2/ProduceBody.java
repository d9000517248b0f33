package io.cordwood.server.http.v2;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.http.exchange.RequestBounds;
import io.cordwood.server.log.NewRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a produce request: {@code {"records": [...]}}.
 *
 * <p>A body is accepted whole or not at all. Unknown members are refused rather than ignored: what
 * a client thinks it has said must not be lost without a word.
 */
public final class ProduceBody {

    private final byte[] body;
    private final EmbeddedFormat format;
    private final RequestBounds bounds;

    /** Creates a reader of one body. The records it returns are views of the body's bytes. */
    public ProduceBody(byte[] body, EmbeddedFormat format, RequestBounds bounds) {
        this.body = body;
        this.format = format;
        this.bounds = bounds;
    }

    /**
     * The records of the body, at least one.
     *
     * @param partition that all go to, if the path names one
     */
    public List<NewRecord> records(OptionalInt partition) {
        try (JsonParser parser = StrictJson.FACTORY.createParser(body)) {
            List<NewRecord> records = envelope(parser, partition);
            if (parser.nextToken() != null) {
                throw invalid("there is something after the end of the JSON object");
            }
            return records;
        } catch (JsonProcessingException notJson) {
            throw new RefusedException(ErrorCode.MALFORMED, "the body is not JSON: "
                    + notJson.getOriginalMessage() + place(notJson.getLocation()), notJson);
        } catch (IOException impossible) {
            throw new UncheckedIOException("bytes in memory are read without I/O", impossible);
        }
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " (at byte " + location.getByteOffset() + ")";
    }

    private List<NewRecord> envelope(JsonParser parser, OptionalInt partition) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw invalid("the body is a JSON object with the member records");
        }
        List<NewRecord> records = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "records" -> array(parser, partition, records);
                case "key_schema", "value_schema", "key_schema_id", "value_schema_id" ->
                    noSchema(parser);
                default -> throw invalid("the body has an unknown member: " + name);
            }
        }
        if (records.isEmpty()) {
            throw invalid("records is missing or empty: there is nothing to produce");
        }
        return records;
    }

    private void array(JsonParser parser, OptionalInt partition, List<NewRecord> records)
            throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY || !records.isEmpty()) {
            throw invalid("records is given once, as an array");
        }
        EmbeddedBytes bytes = new EmbeddedBytes(parser, body, format);
        ItemCount items = new ItemCount(bounds);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add();
            RecordMembers members = new RecordMembers(bytes, items, "record " + records.size());
            records.add(members.read(parser, partition));
        }
    }

    private static void noSchema(JsonParser parser) {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            throw invalid("there is no schema registry here: schemas cannot be named");
        }
    }

    private static RefusedException invalid(String message) {
        return new RefusedException(ErrorCode.INVALID, message);
    }
}
