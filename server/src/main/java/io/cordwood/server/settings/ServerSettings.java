package io.cordwood.server.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How a server is to run. */
public record ServerSettings(BucketLocation bucket, Path local, HostPort http, Kafka kafka,
        S3Access s3, Duration flushInterval, Sizes sizes, LogFormat logFormat) {

    /** Where the log is kept. */
    public sealed interface BucketLocation {

        /** In a folder of this machine. */
        record Folder(Path path) implements BucketLocation {}

        /** In a bucket, under a prefix that may be empty. */
        record S3(String bucket, String prefix) implements BucketLocation {}
    }

    /**
     * How the Kafka protocol is served.
     *
     * @param advertised the address that clients are told; none for the one that each has reached
     * @param autoCreateTopics whether a topic that a client asks for is made
     */
    public record Kafka(HostPort listen, Optional<HostPort> advertised,
            boolean autoCreateTopics) {}

    /** How to reach an S3-compatible store; what is absent is found as the AWS SDK does. */
    public record S3Access(Optional<URI> endpoint, Optional<String> region, boolean pathStyle) {}

    /**
     * What may be held, in bytes.
     *
     * @param buffer appends that are not in the bucket yet
     * @param request one request
     * @param cacheMemory blocks of the log in memory
     * @param cacheDisk blocks of the log on the local disk; 0 for none
     * @param requests all requests that are handled at a time
     * @param reads all that is read from the log at a time
     * @param merge segments that are merged at a time
     * @param history what is remembered of history, unpacked, and on its way to that
     */
    public record Sizes(long buffer, long request, long cacheMemory, long cacheDisk, long requests,
            long reads, long merge, long history) {}

    /** How the server logs. */
    public enum LogFormat {
        TEXT, JSON
    }
}
