package io.cordwood.store.object.s3;

import io.cordwood.store.object.ByteSource;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object on its way to the bucket in parts, a few of them at a time. Nothing is seen of it
 * before the upload is completed, so whatever fails before that has not happened. Parts of an
 * upload that is never completed cost money for ever, so one that failed is aborted.
 */
final class S3Upload {

    /** Each but the last is so large: some stores want them all alike, and none less than 5 MiB. */
    static final int PART_BYTES = 8 << 20;

    /** How many parts are on their way at a time. */
    private static final int PARTS_MAX = 4;

    private final ObjectKey key;
    private final S3AsyncClient client;
    private final S3Requests requests;
    private final S3Failures failures;
    private final List<Future<CompletedPart>> parts = new ArrayList<>();

    S3Upload(ObjectKey key, S3AsyncClient client, S3Requests requests, S3Failures failures) {
        this.key = key;
        this.client = client;
        this.requests = requests;
        this.failures = failures;
    }

    /**
     * Writes the object.
     *
     * @param rest the parts after the first
     */
    Future<Void> put(Bytes first, ByteSource rest) {
        return SdkFuture.of(() -> client.createMultipartUpload(requests.begin(key)))
                .recover(this::notWritten)
                .compose(begun -> send(begun.uploadId(), first)
                        .compose(room -> rest.forEach(part -> send(begun.uploadId(), part)))
                        .compose(all -> Future.all(parts))
                        .compose(all -> complete(begun.uploadId()))
                        .recover(failure -> abort(begun.uploadId(), failure)));
    }

    /**
     * Sends a part. Completes when there is room for another. What is kept until the upload is
     * complete does not hold the part.
     */
    private Future<Void> send(String upload, Bytes part) {
        int number = parts.size() + 1;
        String checksum = S3Requests.checksum(part);
        parts.add(SdkFuture
                .of(() -> client.uploadPart(requests.part(key, upload, number, part, checksum),
                        S3Requests.body(part)))
                .recover(this::notWritten)
                .map(answer -> S3Requests.uploaded(number, checksum, answer)));
        return number < PARTS_MAX
                ? Future.succeededFuture()
                : parts.get(number - PARTS_MAX).mapEmpty();
    }

    private Future<Void> complete(String upload) {
        List<CompletedPart> uploaded = parts.stream().map(Future::result).toList();
        return SdkFuture
                .of(() -> client
                        .completeMultipartUpload(requests.complete(key, upload, uploaded,
                                (long) uploaded.size() * PART_BYTES)))
                .<Void>mapEmpty()
                .recover(failure -> Future.failedFuture(failures.ofWrite(act(), failure)));
    }

    /** Gives the upload up. Where that fails too, the bucket's own rule has to do it. */
    private Future<Void> abort(String upload, Throwable failure) {
        return Future.join(parts)
                .transform(settled -> SdkFuture.of(
                        () -> client.abortMultipartUpload(requests.abort(key, upload))))
                .transform(aborted -> Future.failedFuture(failure));
    }

    private <T> Future<T> notWritten(Throwable failure) {
        return Future.failedFuture(failures.unavailable(act(), failure));
    }

    private String act() {
        return "write " + key;
    }
}
