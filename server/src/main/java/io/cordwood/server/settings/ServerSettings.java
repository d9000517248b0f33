package io.cordwood.server.settings;

import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.NodeRole;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How a server is to run. */
public record ServerSettings(BucketLocation bucket, Path local, HostPort http, Kafka kafka,
        Cluster cluster, S3Access s3, Duration flushInterval, Sizes sizes, LogFormat logFormat) {

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
            boolean autoCreateTopics) {

        /**
         * The address that clients of other nodes are told.
         *
         * @param host the name of the machine
         * @param port that is listened on
         */
        public HostPort address(String host, int port) {
            return advertised.orElseGet(() -> listen.reachedAt(host, port));
        }
    }

    /**
     * What this node is among those that share the log.
     *
     * @param listen the address for other nodes
     * @param advertised the address that they connect to; none for the one that it listens on
     * @param name as {@link Member#isName} has it, and the same after a restart; none
     *        for the host and the port
     * @param zone of the network, named alike; none if it does not matter
     * @param roles at least one
     */
    public record Cluster(HostPort listen, Optional<HostPort> advertised, Optional<String> name,
            Optional<String> zone, Set<NodeRole> roles) {

        public Cluster {
            roles = Set.copyOf(roles);
        }

        /**
         * The address that other nodes connect to. Where this one listens on all addresses of the
         * machine, that is the machine's name.
         *
         * @param host the name of the machine
         * @param port that is listened on
         */
        public HostPort address(String host, int port) {
            return advertised.orElseGet(() -> listen.reachedAt(host, port));
        }

        /**
         * What this node is called.
         *
         * @param host the name of the machine; characters that no name has become dashes, and what
         *        is too long is cut off
         * @param port that is listened on
         */
        public String name(String host, int port) {
            String suffix = ":" + port;
            String plain = host.replaceAll("[^A-Za-z0-9._:-]", "-");
            return name.orElseGet(() -> plain.substring(0,
                    Math.min(plain.length(), Member.NAME_LENGTH_MAX - suffix.length())) + suffix);
        }
    }

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
