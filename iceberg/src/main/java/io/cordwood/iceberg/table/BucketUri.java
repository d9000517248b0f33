package io.cordwood.iceberg.table;

import io.cordwood.store.object.ObjectKey;
import java.nio.file.Path;

/**
 * Where other engines find a bucket.
 *
 * @param value what the addresses of all its objects begin with, without the slash at the end
 */
public record BucketUri(String value) {

    public BucketUri {
        if (value.endsWith("/")) {
            throw new IllegalArgumentException("no slash at the end: " + value);
        }
    }

    /** A folder of a machine. Its name is not encoded: engines take it as it is. */
    public static BucketUri folder(Path path) {
        return new BucketUri("file://" + path.toAbsolutePath().normalize());
    }

    /**
     * A bucket of an S3-compatible store.
     *
     * @param prefix what all keys in it begin with, without a slash at the end; empty for none
     */
    public static BucketUri s3(String bucket, String prefix) {
        return new BucketUri("s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix));
    }

    /** The address of an object. */
    public String of(ObjectKey key) {
        return of(key.value());
    }

    /** The address of what is under a key, or of all keys that begin so. */
    public String of(String key) {
        return value + "/" + key;
    }
}
