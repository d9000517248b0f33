package io.cordwood.server.settings;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Everything that can be set: its name, its default, and what it means. */
public enum Setting {

    BUCKET("bucket", "file:data/bucket", "where the log is kept: file:DIR or s3://BUCKET/PREFIX"),

    LOCAL("local", "data/local", "a directory for the local WAL and the cache; may be lost"),

    HTTP("http", "127.0.0.1:8082", "the address that HTTP and gRPC listen on, HOST:PORT"),

    KAFKA("kafka", "127.0.0.1:9092", "the address that the Kafka protocol listens on, HOST:PORT"),

    KAFKA_ADVERTISED("kafka.advertised", "",
            "the address that Kafka clients are told; empty for the one they have reached"),

    KAFKA_AUTO_CREATE_TOPICS("kafka.auto-create-topics", "true",
            "true to make a topic, of one partition, when a Kafka client asks for it"),

    CLUSTER("cluster", "127.0.0.1:9094",
            "the address that this node listens on for other nodes, HOST:PORT; not for clients"),

    CLUSTER_ADVERTISED("cluster.advertised", "",
            "the address that other nodes connect to; empty for the one it listens on"),

    NODE_NAME("node.name", "",
            "what this node is called, always the same; empty for its host and cluster port"),

    NODE_ZONE("node.zone", "", "the zone of the network that this node is in; empty for none"),

    NODE_ROLES("node.roles", "ingest,query,indexer",
            "what this node does: one or more of ingest, query and indexer"),

    S3_ENDPOINT("s3.endpoint", "", "the address of an S3-compatible store; empty for AWS"),

    S3_REGION("s3.region", "", "the region of the bucket; empty to find it as the AWS SDK does"),

    S3_PATH_STYLE("s3.path-style", "false",
            "true to name the bucket in the path, as most S3-compatible stores want it"),

    FLUSH_INTERVAL("flush-interval", "250ms",
            "how long appends are gathered under steady load: shorter is faster and costs more"),

    BUFFER_SIZE("buffer-size", "auto",
            "how many bytes of appends are held in memory; auto is a quarter of the heap"),

    REQUEST_SIZE("request-size", "8MiB", "the largest request that is accepted"),

    CACHE_MEMORY("cache.memory", "auto",
            "how many bytes of the log are kept in memory; auto is an eighth of the heap"),

    CACHE_DISK("cache.disk", "1GiB",
            "how many bytes of the log are kept on the local disk; 0 for none"),

    LOG_FORMAT("log.format", "text", "how the server logs: text or json");

    private static final String ENVIRONMENT_PREFIX = "CORDWOOD_";

    private final String key;
    private final String defaultValue;
    private final String meaning;

    Setting(String key, String defaultValue, String meaning) {
        this.key = key;
        this.defaultValue = defaultValue;
        this.meaning = meaning;
    }

    /** The name in files, and behind {@code --} on the command line. */
    public String key() {
        return key;
    }

    /** The name in the environment. */
    public String variable() {
        return ENVIRONMENT_PREFIX
                + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    public String defaultValue() {
        return defaultValue;
    }

    public String meaning() {
        return meaning;
    }

    /** The setting of that name. */
    static Optional<Setting> ofKey(String key) {
        return Arrays.stream(values()).filter(setting -> setting.key.equals(key)).findFirst();
    }

    /** The setting of that variable. */
    static Optional<Setting> ofVariable(String variable) {
        return Arrays.stream(values()).filter(setting -> setting.variable().equals(variable))
                .findFirst();
    }

    /** Whether a variable of the environment claims to be one of ours. */
    static boolean isOurs(String variable) {
        return variable.startsWith(ENVIRONMENT_PREFIX);
    }
}
