package io.cordwood.server.http.stream;

import io.cordwood.server.http.exchange.ErrorBody;
import io.cordwood.store.batch.StoredRecord;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;

/**
 * How what a stream says is written. What comes with an id says, by that, where each partition goes
 * on after it.
 */
interface Wording {

    String mediaType();

    /** What a stream begins with: how soon a client should come back if it breaks. */
    Buffer opening(long retryMillis);

    /** A record; or, if it cannot be shown in the format of the stream, word of that. */
    Buffer record(Supplier<String> id, int partition, StoredRecord record);

    /** Records of a partition were deleted before they were sent. */
    Buffer skipped(Supplier<String> id, int partition, long from, long to);

    /** The topic was deleted: nothing follows. */
    Buffer deleted();

    /** The stream cannot go on: nothing follows. */
    Buffer error(ErrorBody error);

    /** A sign of life, which clients ignore; empty if there is none. */
    Buffer heartbeat();

    /** Whether a stream that cannot go on breaks off, so that nobody takes it for whole. */
    boolean breaksOff();
}
