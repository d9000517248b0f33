package io.cordwood.server.http.stream;

import io.cordwood.server.http.exchange.ErrorBody;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.http.v2.RecordJson;
import io.cordwood.store.batch.StoredRecord;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/**
 * JSON, a line for each record, which says its partition and its offset. Everything else is an
 * object with one member, whose name says what it is: {@code skipped}, {@code unreadable}, {@code
 * deleted}, {@code error}.
 */
record Lines(RecordJson json) implements Wording {

    static final String MEDIA_TYPE = "application/x-ndjson";

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }

    @Override
    public Buffer opening(long retryMillis) {
        return Buffer.buffer();
    }

    @Override
    public Buffer record(Supplier<String> id, int partition, StoredRecord record) {
        try {
            return Buffer.buffer(json.of(partition, record)).appendByte((byte) '\n');
        } catch (RefusedException notJson) {
            return named("unreadable", Told.unreadable(json, partition, record, notJson));
        }
    }

    @Override
    public Buffer skipped(Supplier<String> id, int partition, long from, long to) {
        return named("skipped", Told.skipped(json, partition, from, to));
    }

    @Override
    public Buffer deleted() {
        return named("deleted", Told.deleted(json));
    }

    @Override
    public Buffer error(ErrorBody error) {
        return named("error", error.json());
    }

    @Override
    public Buffer heartbeat() {
        return Buffer.buffer();
    }

    @Override
    public boolean breaksOff() {
        return true;
    }

    private static Buffer named(String name, JsonObject what) {
        return Buffer.buffer(new JsonObject().put(name, what).encode()).appendByte((byte) '\n');
    }
}
