package io.cordwood.server.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.google.protobuf.ByteString;
import io.cordwood.server.grpc.proto.Header;
import io.cordwood.server.grpc.proto.Record;
import io.cordwood.server.grpc.proto.StoredRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes each record as an object on a line. Bytes that are UTF-8 stand as text, as {@code value};
 * others in base64, as {@code value_base64}; what is absent is null.
 */
final class JsonPrinter implements RecordPrinter {

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final OutputStream out;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    JsonPrinter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void print(int partition, StoredRecord stored) throws IOException {
        line.reset();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            write(json, partition, stored);
        }
        line.write('\n');
        line.writeTo(out);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    private static void write(JsonGenerator json, int partition, StoredRecord stored)
            throws IOException {
        Record record = stored.getRecord();
        json.writeStartObject();
        json.writeNumberField("partition", partition);
        json.writeNumberField("offset", stored.getOffset());
        if (record.hasTimestampMillis()) {
            json.writeNumberField("timestamp", record.getTimestampMillis());
        } else {
            json.writeNullField("timestamp");
        }
        write(json, "key", record.hasKey() ? record.getKey() : null);
        write(json, "value", record.hasValue() ? record.getValue() : null);
        json.writeArrayFieldStart("headers");
        for (Header header : record.getHeadersList()) {
            json.writeStartObject();
            json.writeStringField("key", header.getKey());
            write(json, "value", header.hasValue() ? header.getValue() : null);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name,
            @org.jspecify.annotations.Nullable ByteString bytes) throws IOException {
        if (bytes == null) {
            json.writeNullField(name);
        } else if (bytes.isValidUtf8()) {
            json.writeStringField(name, bytes.toStringUtf8());
        } else {
            json.writeBinaryField(name + "_base64", bytes.toByteArray());
        }
    }
}
