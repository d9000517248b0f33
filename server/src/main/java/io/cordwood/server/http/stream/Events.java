package io.cordwood.server.http.stream;

import io.cordwood.server.http.exchange.ErrorBody;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.http.v2.RecordJson;
import io.cordwood.store.batch.StoredRecord;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/**
 * Server-Sent Events. Records are plain messages; everything else has a name: {@code
 * skipped}, {@code unreadable}, {@code deleted}, {@code error}.
 */
record Events(RecordJson json) implements Wording {

    static final String MEDIA_TYPE = "text/event-stream";

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }

    @Override
    public Buffer opening(long retryMillis) {
        return Buffer.buffer("retry: " + retryMillis + "\n: " + json.topic() + "\n\n");
    }

    @Override
    public Buffer record(Supplier<String> id, int partition, StoredRecord record) {
        byte[] rendered;
        try {
            rendered = json.of(partition, record);
        } catch (RefusedException notJson) {
            return named("unreadable", Told.unreadable(json, partition, record, notJson),
                    id.get());
        }
        return Buffer.buffer(rendered.length + 64).appendString("id: ").appendString(id.get())
                .appendString("\ndata: ").appendBytes(rendered).appendString("\n\n");
    }

    @Override
    public Buffer skipped(Supplier<String> id, int partition, long from, long to) {
        return named("skipped", Told.skipped(json, partition, from, to), id.get());
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
        return Buffer.buffer(":\n\n");
    }

    /** The client comes back by itself: an event ends it. */
    @Override
    public boolean breaksOff() {
        return false;
    }

    private static Buffer named(String name, JsonObject data, String id) {
        return Buffer.buffer("id: " + id + "\n").appendBuffer(named(name, data));
    }

    private static Buffer named(String name, JsonObject data) {
        return Buffer.buffer("event: " + name + "\ndata: " + data.encode() + "\n\n");
    }
}
