package io.cordwood.manifest.log;

import io.cordwood.manifest.event.EncodedEntry;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PutOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The numbered entries in the bucket. Confined to a loop. */
public final class ManifestLog {

    /**
     * How long an entry stays at least when a checkpoint contains it that has a successor. A writer
     * that comes later than a quarter of it must prove that its number was not used before and
     * deleted since.
     */
    public static final Duration ENTRY_RETENTION = Duration.ofHours(1);

    private static final Duration BELIEVED_WITHIN = ENTRY_RETENTION.dividedBy(4);
    private static final Logger LOG = LoggerFactory.getLogger(ManifestLog.class);

    private final ObjectStore store;
    private final EventLoop loop;
    private final Backoff backoff;
    private final Boundary boundary;

    public ManifestLog(ObjectStore store, EventLoop loop, Backoff backoff) {
        this.store = store;
        this.loop = loop;
        this.backoff = backoff;
        this.boundary = new Boundary(store);
    }

    /**
     * Reads one entry, as the log is now.
     *
     * @return empty when there is no entry of that number
     */
    public Future<Optional<StoredEntry>> read(long sequence) {
        return loop.confine(store.read(BucketLayout.logEntry(sequence), EntryCodec.SIZE_MAX)
                .map(object -> object.map(bytes -> EntryCodec.decode(sequence, bytes))));
    }

    /**
     * Creates the entry, and finds out what became of it however long that takes: while the store
     * does not answer, the future stays open.
     *
     * @param headKnown when the writer last knew that the entry's number was free
     * @return fails with {@link FencedException} when the number may have been used before
     */
    public Future<AppendOutcome> append(EncodedEntry entry, Moment headKnown) {
        Promise<AppendOutcome> promise = Promise.promise();
        new Attempt(entry, promise).create();
        return promise.future().compose(outcome -> switch (outcome) {
            case AppendOutcome.Committed committed -> believe(entry.entry().sequence(), headKnown)
                    .map(outcome);
            case AppendOutcome.Lost lost -> Future.succeededFuture(outcome);
        });
    }

    /**
     * Makes sure that nothing was deleted from a number on: what is not there was never there, and
     * what is there is what was there first. Create-if-absent and the search for the end of the
     * log both rest on that, and both forget what was deleted: while somebody slept for long, the
     * others may have used a number and collected it.
     *
     * @param free when that number was last known to be free: nothing needs to be asked if that was
     *        not long ago
     * @return fails with {@link FencedException} when the number may have been deleted
     */
    public Future<Void> checkNotDeleted(long sequence, Moment free) {
        if (free.elapsed(loop).compareTo(BELIEVED_WITHIN) <= 0) {
            return Future.succeededFuture();
        }
        return loop.confine(boundary.read()).compose(deleted -> deleted < sequence
                ? Future.succeededFuture()
                : Future.failedFuture(new FencedException("entries up to " + deleted
                        + " were deleted while this process knew nothing after " + (sequence - 1)
                        + ": restart it")));
    }

    /** Like a check, but what is created is not given up because the boundary cannot be read. */
    private Future<Void> believe(long sequence, Moment headKnown) {
        Promise<Void> promise = Promise.promise();
        believe(sequence, headKnown, promise, 1);
        return promise.future();
    }

    private void believe(long sequence, Moment headKnown, Promise<Void> promise, int tries) {
        checkNotDeleted(sequence, headKnown).onSuccess(promise::complete).onFailure(failure -> {
            if (failure instanceof FencedException) {
                promise.fail(failure);
                return;
            }
            Duration delay = backoff.delay(tries);
            LOG.warn(
                    "Whether manifest entry {} counts is not known yet (try {}, next in {} ms): {}",
                    sequence, tries, delay.toMillis(), failure.toString());
            loop.schedule(delay, () -> believe(sequence, headKnown, promise, tries + 1));
        });
    }

    /** One entry on its way into the log, through as many tries as it takes. */
    private final class Attempt {

        private final EncodedEntry entry;
        private final Promise<AppendOutcome> promise;
        private int failures;
        private boolean undecided;

        Attempt(EncodedEntry entry, Promise<AppendOutcome> promise) {
            this.entry = entry;
            this.promise = promise;
        }

        void create() {
            loop.confine(store.putIfAbsent(BucketLayout.logEntry(sequence()), entry.bytes()))
                    .onSuccess(this::conclude)
                    .onFailure(this::retry);
        }

        private void conclude(PutOutcome outcome) {
            switch (outcome) {
                case PutOutcome.Created() -> promise.complete(new AppendOutcome.Committed(own()));
                case PutOutcome.Exists() -> readBack();
                case PutOutcome.Unknown unknown -> {
                    undecided = true;
                    retry(unknown.cause());
                }
            }
        }

        private void retry(Throwable cause) {
            failures++;
            Duration delay = backoff.delay(failures);
            LOG.warn("Manifest entry {} is not in the bucket yet (try {}, next in {} ms): {}",
                    sequence(), failures, delay.toMillis(), cause.toString());
            loop.schedule(delay, undecided ? this::readBack : this::create);
        }

        /** The object itself is the only witness of what became of it. */
        private void readBack() {
            undecided = true;
            read(sequence()).onSuccess(this::compare).onFailure(this::retry);
        }

        private void compare(Optional<StoredEntry> found) {
            if (found.isEmpty()) {
                undecided = false;
                retry(new UnavailableException("nothing has that number"));
                return;
            }
            UUID nonce = found.get().entry().head().nonce();
            promise.complete(nonce.equals(entry.entry().head().nonce())
                    ? new AppendOutcome.Committed(own())
                    : new AppendOutcome.Lost(found.get()));
        }

        private StoredEntry own() {
            return new StoredEntry(entry.entry(), entry.inlinePosition(), entry.bytes().size());
        }

        private long sequence() {
            return entry.entry().sequence();
        }
    }
}
