package io.cordwood.manifest.log;

import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose bucket it is and in which format, in words that a person can read: the first object that is
 * written and the first that is read.
 *
 * @param id of the cluster, for ever
 */
public record ClusterIdentity(UUID id) {

    private static final int FORMAT = 1;
    private static final int SIZE_MAX = 4 << 10;
    private static final Pattern CONTENT = Pattern
            .compile(
                    "cordwood format (\\d+)\\ncluster ([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\\n");

    /**
     * Reads the identity of the bucket, or gives it one.
     *
     * @param candidate the id that a new cluster gets
     * @return fails with {@link RejectedException} when the bucket is of another format
     */
    public static Future<ClusterIdentity> open(ObjectStore store, UUID candidate) {
        return store.read(BucketLayout.CLUSTER, SIZE_MAX).compose(found -> found.isPresent()
                ? Future.succeededFuture(parse(found.get()))
                : create(store, candidate));
    }

    /** Whatever became of the creation, what is there afterwards counts. */
    private static Future<ClusterIdentity> create(ObjectStore store, UUID candidate) {
        String content = "cordwood format " + FORMAT + "\ncluster " + candidate + "\n";
        return store.putIfAbsent(BucketLayout.CLUSTER,
                Bytes.wrap(content.getBytes(StandardCharsets.UTF_8)))
                .compose(outcome -> store.read(BucketLayout.CLUSTER, SIZE_MAX))
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(parse(found.get()))
                        : Future.failedFuture(new UnavailableException(
                                "the bucket did not keep the object " + BucketLayout.CLUSTER)));
    }

    private static ClusterIdentity parse(ByteBuffer object) {
        Matcher content = CONTENT.matcher(StandardCharsets.UTF_8.decode(object));
        if (!content.matches()) {
            throw new RejectedException(RejectedException.Reason.INVALID_REQUEST,
                    "the object " + BucketLayout.CLUSTER
                            + " is not Cordwood's: choose another bucket or prefix");
        }
        if (!content.group(1).equals(String.valueOf(FORMAT))) {
            throw new RejectedException(RejectedException.Reason.INVALID_REQUEST,
                    "the bucket has format " + content.group(1) + ", this version reads format "
                            + FORMAT + ": use the version that wrote it, or another bucket");
        }
        return new ClusterIdentity(UUID.fromString(content.group(2)));
    }
}
