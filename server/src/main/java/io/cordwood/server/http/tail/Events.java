package io.cordwood.server.http.tail;

import io.cordwood.server.http.exchange.ErrorBody;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.http.v2.RecordJson;
import io.cordwood.store.batch.StoredRecord;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * The events of a tail as text. Records are plain messages; everything else has a name: {@code
 * skipped}, {@code unreadable}, {@code deleted}, {@code error}.
 */
final class Events {

    private final RecordJson json;

    Events(RecordJson json) {
        this.json = json;
    }

    /** A record; or, if it cannot be shown in the format of the tail, word of that. */
    Buffer record(String id, int partition, StoredRecord record) {
        byte[] rendered;
        try {
            rendered = json.of(partition, record);
        } catch (RefusedException notJson) {
            return named("unreadable", place(partition).put("offset", record.offset())
                    .mergeIn(ErrorBody.of(notJson).json()), id);
        }
        return Buffer.buffer(rendered.length + 64).appendString("id: ").appendString(id)
                .appendString("\ndata: ").appendBytes(rendered).appendString("\n\n");
    }

    /** Records of a partition were deleted before they were sent. */
    Buffer skipped(String id, int partition, long from, long to) {
        return named("skipped", place(partition).put("from", from).put("to", to), id);
    }

    /** The topic was deleted: nothing follows. */
    Buffer deleted() {
        return named("deleted", new JsonObject().put("topic", json.topic().value()));
    }

    /** The tail cannot go on: nothing follows. */
    Buffer error(ErrorBody error) {
        return named("error", error.json());
    }

    /** What a stream begins with: how soon a client should come back if it breaks. */
    Buffer opening(long retryMillis) {
        return Buffer.buffer("retry: " + retryMillis + "\n: " + json.topic() + "\n\n");
    }

    /** A sign of life, which clients ignore. */
    static Buffer heartbeat() {
        return Buffer.buffer(":\n\n");
    }

    private JsonObject place(int partition) {
        return new JsonObject().put("topic", json.topic().value()).put("partition", partition);
    }

    private static Buffer named(String name, JsonObject data, String id) {
        return Buffer.buffer("id: " + id + "\n").appendBuffer(named(name, data));
    }

    private static Buffer named(String name, JsonObject data) {
        return Buffer.buffer("event: " + name + "\ndata: " + data.encode() + "\n\n");
    }
}
