package io.cordwood.server.http.stream;

import io.cordwood.server.http.exchange.ErrorBody;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.http.v2.RecordJson;
import io.cordwood.store.batch.StoredRecord;
import io.vertx.core.json.JsonObject;

/** What a stream tells of that is no record, as JSON. */
final class Told {

    private Told() {}

    static JsonObject unreadable(RecordJson json, int partition, StoredRecord record,
            RefusedException why) {
        return place(json, partition).put("offset", record.offset())
                .mergeIn(ErrorBody.of(why).json());
    }

    static JsonObject skipped(RecordJson json, int partition, long from, long to) {
        return place(json, partition).put("from", from).put("to", to);
    }

    static JsonObject deleted(RecordJson json) {
        return new JsonObject().put("topic", json.topic().value());
    }

    private static JsonObject place(RecordJson json, int partition) {
        return deleted(json).put("partition", partition);
    }
}
