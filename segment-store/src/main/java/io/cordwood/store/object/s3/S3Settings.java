package io.cordwood.store.object.s3;

import io.cordwood.store.object.ObjectKey;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which bucket to use, and how.
 *
 * @param bucket the bucket's name
 * @param prefix what all keys in the bucket begin with, without a slash at the end; empty for none
 * @param endpoint where the bucket is
 * @param accessKey the credentials; where absent, those that the SDK finds in the environment, its
 *        configuration files or the machine's role
 * @param bounds how long and how much
 */
public record S3Settings(String bucket, String prefix, Endpoint endpoint,
        Optional<AccessKey> accessKey, Bounds bounds) {

    public S3Settings {
        if (!bucket.matches("[A-Za-z0-9][A-Za-z0-9._-]{1,254}")) {
            throw new IllegalArgumentException("not the name of a bucket: '" + bucket + "'");
        }
        if (!prefix.isEmpty()) {
            prefix = new ObjectKey(prefix).value();
        }
    }

    /** A bucket at AWS, in the region and with the credentials that the SDK finds. */
    public static S3Settings of(String bucket, String prefix) {
        return new S3Settings(bucket, prefix, Endpoint.aws(), Optional.empty(), Bounds.standard());
    }

    /** The same bucket somewhere else. */
    public S3Settings withEndpoint(Endpoint other) {
        return new S3Settings(bucket, prefix, other, accessKey, bounds);
    }

    /** The same bucket with these credentials. */
    public S3Settings withAccessKey(AccessKey other) {
        return new S3Settings(bucket, prefix, endpoint, Optional.of(other), bounds);
    }

    /** The same bucket within other bounds. */
    public S3Settings withBounds(Bounds other) {
        return new S3Settings(bucket, prefix, endpoint, accessKey, other);
    }

    /** How the bucket's name is put into a request. */
    public enum Addressing {
        /** As part of the host's name, as AWS wants it. */
        HOST,
        /** As the beginning of the path, as most other stores want it. */
        PATH
    }

    /**
     * Where a bucket is.
     *
     * @param uri the store's address, {@code http} or {@code https}; where absent, the region's own
     *        at AWS
     * @param region where absent, what the SDK finds; then, if there is an address, {@code
     *        us-east-1}
     * @param addressing how the bucket is named
     */
    public record Endpoint(Optional<URI> uri, Optional<String> region, Addressing addressing) {

        public Endpoint {
            if (uri.isPresent() && !isAddress(uri.get())) {
                throw new IllegalArgumentException(
                        "an address is http://HOST:PORT or https://HOST:PORT, not " + uri.get());
            }
        }

        /** AWS, in the region that the SDK finds. */
        public static Endpoint aws() {
            return new Endpoint(Optional.empty(), Optional.empty(), Addressing.HOST);
        }

        /** Another store, with the bucket in the path. */
        public static Endpoint at(URI uri) {
            return new Endpoint(Optional.of(uri), Optional.empty(), Addressing.PATH);
        }

        private static boolean isAddress(URI uri) {
            return uri.getHost() != null
                    && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        }
    }

    /** Credentials that do not expire. */
    public record AccessKey(String id, String secret) {

        @Override
        public String toString() {
            return "AccessKey[" + id + "]";
        }
    }

    /**
     * Bounds of time and number.
     *
     * @param connectMax how long opening a connection may take
     * @param attemptMax how long one attempt at a request may take, not counting its body
     * @param bytesPerSecondMin how fast a body must go; a slower one is given up
     * @param attemptsMax attempts at a request that may be repeated
     * @param connectionsMax connections open at a time; further requests wait for one
     */
    public record Bounds(Duration connectMax, Duration attemptMax, long bytesPerSecondMin,
            int attemptsMax, int connectionsMax) {

        public Bounds {
            if (!connectMax.isPositive() || !attemptMax.isPositive() || bytesPerSecondMin < 1
                    || attemptsMax < 1 || connectionsMax < 1) {
                throw new IllegalArgumentException("bounds are positive");
            }
        }

        /** Two seconds to connect, five and a second per MiB to answer, four attempts. */
        public static Bounds standard() {
            return new Bounds(Duration.ofSeconds(2), Duration.ofSeconds(5), 1 << 20, 4, 128);
        }

        /** How long one attempt may take that moves so many bytes. */
        public Duration attemptMax(long bytes) {
            return attemptMax.plusMillis(bytes * 1_000 / bytesPerSecondMin);
        }
    }
}
