package io.cordwood.store.object.s3;

import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.Workers;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ByteSource;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.EqualParts;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PutOutcome;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * A store that keeps its objects in a bucket. Writes that happen only if the object is absent are
 * attempted once; all else is repeated a few times where that may help. Futures complete on threads
 * of the SDK, which must not be blocked.
 */
public final class S3ObjectStore implements ObjectStore, AutoCloseable {

    private final S3Clients clients;
    private final S3Requests requests;
    private final S3Failures failures;
    private volatile boolean isClosed;

    S3ObjectStore(S3Settings settings, S3Clients clients) {
        this.clients = clients;
        this.requests = new S3Requests(settings);
        this.failures = new S3Failures(settings);
    }

    /**
     * Opens the store, without asking it for anything yet.
     *
     * @param workers find region and credentials, which may block
     * @return fails with {@link UnavailableException} when there is no region or there are no
     *         credentials
     */
    public static Future<S3ObjectStore> open(S3Settings settings, Workers workers) {
        return workers.call(() -> new S3ObjectStore(settings, S3Clients.open(settings)));
    }

    @Override
    public Future<Void> put(ObjectKey key, Bytes bytes) {
        return call(() -> clients.repeating().putObject(requests.put(key, bytes),
                S3Requests.body(bytes)))
                .<Void>mapEmpty().recover(failure -> Future
                        .failedFuture(failures.ofWrite("write " + key, failure)));
    }

    @Override
    public Future<Void> putStream(ObjectKey key, ByteSource source) {
        ByteSource parts = new EqualParts(source, S3Upload.PART_BYTES);
        return parts.next().map(first -> first.orElse(Bytes.of()))
                .compose(first -> first.size() < S3Upload.PART_BYTES
                        ? put(key, first)
                        : new S3Upload(key, clients.repeating(), requests, failures)
                                .put(first, parts));
    }

    @Override
    public Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes bytes) {
        return call(() -> clients.once().putObject(requests.putIfAbsent(key, bytes),
                S3Requests.body(bytes))).<PutOutcome>map(done -> new PutOutcome.Created())
                .recover(failure -> outcome("write " + key, failure));
    }

    @Override
    public Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax) {
        BodyBuffer body = new BodyBuffer(BodyLength.whole(key, sizeMax));
        return call(() -> clients.repeating().getObject(requests.read(key, sizeMax), body))
                .map(Optional::of).recover(failure -> switch (S3Verdict.ofRead(failure)) {
                    case ABSENT -> Future.succeededFuture(Optional.empty());
                    case PAST_END, EXISTS, REFUSED, UNDECIDED ->
                        Future.failedFuture(failures.unavailable("read " + key, failure));
                });
    }

    @Override
    public Future<ByteBuffer> get(ObjectKey key, ByteRange range) {
        BodyBuffer body = new BodyBuffer(BodyLength.part(key, range));
        return call(() -> clients.repeating().getObject(requests.get(key, range), body))
                .recover(failure -> Future.failedFuture(switch (S3Verdict.ofRead(failure)) {
                    case ABSENT -> new MissingObjectException("no object " + key, failure);
                    case PAST_END -> new MissingObjectException(
                            key + " ends before byte " + range.position(), failure);
                    case EXISTS, REFUSED, UNDECIDED -> failures.unavailable("read " + key, failure);
                }));
    }

    @Override
    public Future<Void> delete(ObjectKey key) {
        return call(() -> clients.repeating().deleteObject(requests.delete(key))).<Void>mapEmpty()
                .recover(failure -> S3Verdict.ofRead(failure) == S3Verdict.ABSENT
                        ? Future.succeededFuture()
                        : Future.failedFuture(failures.ofWrite("delete " + key, failure)));
    }

    @Override
    public Future<ObjectPage> list(Listing listing) {
        String after = listing.after().isEmpty() ? "" : requests.inBucket(listing.after());
        return list(listing, after).recover(failure -> Future
                .failedFuture(failures.unavailable("list " + listing.prefix() + "*", failure)));
    }

    /**
     * Refuses further requests and closes all connections. What is in flight fails within the
     * bounds of time, a write with an unknown outcome.
     */
    @Override
    public void close() {
        isClosed = true;
        clients.close();
    }

    private Future<ObjectPage> list(Listing listing, String after) {
        return call(() -> clients.repeating().listObjectsV2(requests.list(listing, after)))
                .compose(answer -> {
                    ObjectPage page = S3Page.of(answer, requests);
                    return page.objects().isEmpty() && !page.last()
                            ? list(listing, lastName(answer))
                            : Future.succeededFuture(page);
                });
    }

    private static String lastName(ListObjectsV2Response answer) {
        if (answer.contents().isEmpty()) {
            throw new UnavailableException("the store sent an empty page and said that more follow:"
                    + " it does not list as S3 does");
        }
        return answer.contents().getLast().key();
    }

    private Future<PutOutcome> outcome(String act, Throwable failure) {
        return switch (S3Verdict.ofWrite(failure)) {
            case EXISTS -> Future.succeededFuture(new PutOutcome.Exists());
            case UNDECIDED ->
                Future.succeededFuture(new PutOutcome.Unknown(failures.unknown(act, failure)));
            case ABSENT, PAST_END, REFUSED ->
                Future.failedFuture(failures.unavailable(act, failure));
        };
    }

    private <T> Future<T> call(Supplier<CompletableFuture<T>> request) {
        if (isClosed) {
            return Future.failedFuture(new UnavailableException("the store is closed"));
        }
        return SdkFuture.of(request);
    }
}
