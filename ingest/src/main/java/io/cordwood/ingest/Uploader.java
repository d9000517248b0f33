package io.cordwood.ingest;

import io.cordwood.manifest.log.Backoff;
import io.cordwood.runtime.EventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.segment.Segment;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts segments into the bucket, for as long as it takes. The key is unique and the bytes are the
 * same each time, so a try of which nobody knows what became is simply repeated.
 */
final class Uploader {

    private static final Logger LOG = LoggerFactory.getLogger(Uploader.class);

    private final EventLoop loop;
    private final ObjectStore store;
    private final Backoff backoff;
    private final Tally tally;
    private boolean stopped;

    Uploader(IngestPorts ports, Tally tally) {
        this.loop = ports.loop();
        this.store = ports.store();
        this.backoff = ports.backoff();
        this.tally = tally;
    }

    /** Uploads a segment. Complete when it is durable; never fails; stays open after a stop. */
    Future<Void> upload(Segment segment) {
        Promise<Void> promise = Promise.promise();
        attempt(segment, 0, promise);
        return promise.future();
    }

    /** Makes no further try of anything. */
    void stop() {
        stopped = true;
    }

    private void attempt(Segment segment, int failures, Promise<Void> promise) {
        if (stopped) {
            return;
        }
        loop.confine(store.put(BucketLayout.segment(segment.id()), segment.bytes()))
                .onSuccess(done -> {
                    tally.uploaded(segment);
                    promise.complete();
                })
                .onFailure(failure -> retry(segment, failures + 1, failure, promise));
    }

    private void retry(Segment segment, int failures, Throwable failure, Promise<Void> promise) {
        Duration delay = backoff.delay(failures);
        tally.uploadFailed();
        if (Integer.bitCount(failures) == 1) {
            LOG.warn("Segment {} is not in the bucket yet (try {}, next in {} ms): {}",
                    segment.id(),
                    failures, delay.toMillis(), failure.toString());
        }
        loop.schedule(delay, () -> attempt(segment, failures, promise));
    }
}
