package io.cordwood.kafka.configs;

import static io.cordwood.kafka.configs.Effect.FIXED;
import static io.cordwood.kafka.configs.Effect.FOR_EVER;
import static io.cordwood.kafka.configs.Effect.IN_FORCE;
import static io.cordwood.kafka.configs.Effect.NEEDLESS;
import static io.cordwood.kafka.configs.Effect.OURS;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Range.between;
import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.DOUBLE;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.LONG;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;
import static org.apache.kafka.common.config.TopicConfig.*;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ValidList;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;

/** Every setting that topics have in Kafka, with what it does here. */
final class TopicSettings {

    private static final ConfigDef.Validator ANYTHING = (name, value) -> {};
    private static final long A_WEEK = TimeUnit.DAYS.toMillis(7);
    private static final String THROTTLE = "Which replicas are throttled: '*' for all, or a list of"
            + " [partitionId]:[brokerId],[partitionId]:[brokerId],...";

    /** All of them. */
    static final List<TopicSetting> ALL = Stream.of(messages(), retention(), compaction(),
            compression(), segments(), replicas(), tiers(), history()).flatMap(List::stream)
            .toList();

    private TopicSettings() {}

    private static List<TopicSetting> messages() {
        return List.of(
                number(MAX_MESSAGE_BYTES_CONFIG, IN_FORCE, 1_048_588, MAX_MESSAGE_BYTES_DOC)
                        .ofBrokers("message.max.bytes"),
                text(MESSAGE_TIMESTAMP_TYPE_CONFIG, IN_FORCE, TimestampType.CREATE_TIME.name,
                        ValidString.in(TimestampType.CREATE_TIME.name,
                                TimestampType.LOG_APPEND_TIME.name),
                        MESSAGE_TIMESTAMP_TYPE_DOC).ofBrokers("log.message.timestamp.type"),
                duration(MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, IN_FORCE, Long.MAX_VALUE,
                        atLeast(0), MESSAGE_TIMESTAMP_BEFORE_MAX_MS_DOC)
                        .ofBrokers("log.message.timestamp.before.max.ms"),
                duration(MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, IN_FORCE,
                        TimeUnit.HOURS.toMillis(1), atLeast(0),
                        MESSAGE_TIMESTAMP_AFTER_MAX_MS_DOC)
                        .ofBrokers("log.message.timestamp.after.max.ms"));
    }

    private static List<TopicSetting> retention() {
        return List.of(
                new TopicSetting(CLEANUP_POLICY_CONFIG, Optional.of("log.cleanup.policy"), IN_FORCE,
                        new TopicSetting.Domain(LIST, CLEANUP_POLICY_DELETE,
                                ValidList.in(CLEANUP_POLICY_COMPACT, CLEANUP_POLICY_DELETE)),
                        CLEANUP_POLICY_DOC),
                duration(RETENTION_MS_CONFIG, FOR_EVER, -1, atLeast(-1), RETENTION_MS_DOC)
                        .ofBrokers("log.retention.ms"),
                duration(RETENTION_BYTES_CONFIG, IN_FORCE, -1, ANYTHING, RETENTION_BYTES_DOC)
                        .ofBrokers("log.retention.bytes"),
                duration(FILE_DELETE_DELAY_MS_CONFIG, NEEDLESS, TimeUnit.MINUTES.toMillis(1),
                        atLeast(0), FILE_DELETE_DELAY_MS_DOC)
                        .ofBrokers("log.segment.delete.delay.ms"));
    }

    private static List<TopicSetting> compaction() {
        return List.of(
                duration(DELETE_RETENTION_MS_CONFIG, IN_FORCE, TimeUnit.DAYS.toMillis(1),
                        atLeast(0),
                        DELETE_RETENTION_MS_DOC).ofBrokers("log.cleaner.delete.retention.ms"),
                duration(MIN_COMPACTION_LAG_MS_CONFIG, IN_FORCE, 0, atLeast(0),
                        MIN_COMPACTION_LAG_MS_DOC).ofBrokers("log.cleaner.min.compaction.lag.ms"),
                duration(MAX_COMPACTION_LAG_MS_CONFIG, IN_FORCE, Long.MAX_VALUE, atLeast(1),
                        MAX_COMPACTION_LAG_MS_DOC).ofBrokers("log.cleaner.max.compaction.lag.ms"),
                setting(MIN_CLEANABLE_DIRTY_RATIO_CONFIG, IN_FORCE, new TopicSetting.Domain(
                        DOUBLE, 0.5, between(0, 1)), MIN_CLEANABLE_DIRTY_RATIO_DOC)
                        .ofBrokers("log.cleaner.min.cleanable.ratio"));
    }

    private static List<TopicSetting> compression() {
        return List.of(
                text(COMPRESSION_TYPE_CONFIG, FIXED, "producer", ValidString.in("uncompressed",
                        "zstd", "lz4", "snappy", "gzip", "producer"), COMPRESSION_TYPE_DOC)
                        .ofBrokers(COMPRESSION_TYPE_CONFIG),
                level(COMPRESSION_GZIP_LEVEL_CONFIG, CompressionType.GZIP,
                        COMPRESSION_GZIP_LEVEL_DOC),
                level(COMPRESSION_LZ4_LEVEL_CONFIG, CompressionType.LZ4,
                        COMPRESSION_LZ4_LEVEL_DOC),
                level(COMPRESSION_ZSTD_LEVEL_CONFIG, CompressionType.ZSTD,
                        COMPRESSION_ZSTD_LEVEL_DOC));
    }

    private static TopicSetting level(String name, CompressionType type, String meaning) {
        return setting(name, NEEDLESS, new TopicSetting.Domain(INT, type.defaultLevel(),
                type.levelValidator()), meaning).ofBrokers(name);
    }

    private static List<TopicSetting> segments() {
        return List.of(
                count(SEGMENT_BYTES_CONFIG, 1 << 30, 1 << 20, SEGMENT_BYTES_DOC)
                        .ofBrokers("log.segment.bytes"),
                duration(SEGMENT_MS_CONFIG, NEEDLESS, A_WEEK, atLeast(1), SEGMENT_MS_DOC)
                        .ofBrokers("log.roll.ms"),
                duration(SEGMENT_JITTER_MS_CONFIG, NEEDLESS, 0, atLeast(0), SEGMENT_JITTER_MS_DOC)
                        .ofBrokers("log.roll.jitter.ms"),
                count(SEGMENT_INDEX_BYTES_CONFIG, 10 << 20, 4, SEGMENT_INDEX_BYTES_DOC)
                        .ofBrokers("log.index.size.max.bytes"),
                count(INDEX_INTERVAL_BYTES_CONFIG, 4_096, 0, INDEX_INTERVAL_BYTES_DOC)
                        .ofBrokers("log.index.interval.bytes"),
                duration(FLUSH_MESSAGES_INTERVAL_CONFIG, NEEDLESS, Long.MAX_VALUE, atLeast(1),
                        FLUSH_MESSAGES_INTERVAL_DOC).ofBrokers("log.flush.interval.messages"),
                duration(FLUSH_MS_CONFIG, NEEDLESS, Long.MAX_VALUE, atLeast(0), FLUSH_MS_DOC)
                        .ofBrokers("log.flush.interval.ms"),
                flag(PREALLOCATE_CONFIG, NEEDLESS, PREALLOCATE_DOC)
                        .ofBrokers("log.preallocate"));
    }

    private static List<TopicSetting> replicas() {
        return List.of(
                count(MIN_IN_SYNC_REPLICAS_CONFIG, 1, 1, MIN_IN_SYNC_REPLICAS_DOC)
                        .ofBrokers(MIN_IN_SYNC_REPLICAS_CONFIG),
                flag(UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, NEEDLESS,
                        UNCLEAN_LEADER_ELECTION_ENABLE_DOC)
                        .ofBrokers(UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG),
                throttle("leader.replication.throttled.replicas"),
                throttle("follower.replication.throttled.replicas"));
    }

    private static TopicSetting throttle(String name) {
        return setting(name, NEEDLESS, new TopicSetting.Domain(LIST, List.of(),
                new ThrottledReplicas()), THROTTLE);
    }

    private static List<TopicSetting> tiers() {
        return List.of(
                flag(REMOTE_LOG_STORAGE_ENABLE_CONFIG, FIXED, REMOTE_LOG_STORAGE_ENABLE_DOC),
                duration(LOCAL_LOG_RETENTION_MS_CONFIG, NEEDLESS, -2, atLeast(-2),
                        LOCAL_LOG_RETENTION_MS_DOC).ofBrokers("log.local.retention.ms"),
                duration(LOCAL_LOG_RETENTION_BYTES_CONFIG, NEEDLESS, -2, atLeast(-2),
                        LOCAL_LOG_RETENTION_BYTES_DOC).ofBrokers("log.local.retention.bytes"),
                flag(REMOTE_LOG_COPY_DISABLE_CONFIG, NEEDLESS, REMOTE_LOG_COPY_DISABLE_DOC),
                flag(REMOTE_LOG_DELETE_ON_DISABLE_CONFIG, NEEDLESS,
                        REMOTE_LOG_DELETE_ON_DISABLE_DOC));
    }

    private static List<TopicSetting> history() {
        return List.of(
                text(TopicHistory.FORMAT_CONFIG, OURS, TopicHistory.PARQUET,
                        ValidString.in(TopicHistory.PARQUET, TopicHistory.SEGMENT),
                        TopicHistory.FORMAT_DOC).ofBrokers("log." + TopicHistory.FORMAT_CONFIG),
                duration(TopicHistory.AGE_MS_CONFIG, OURS, TimeUnit.DAYS.toMillis(1), atLeast(0),
                        TopicHistory.AGE_MS_DOC).ofBrokers("log." + TopicHistory.AGE_MS_CONFIG));
    }

    private static TopicSetting count(String name, int byDefault, int min, String meaning) {
        return setting(name, NEEDLESS,
                new TopicSetting.Domain(INT, byDefault, atLeast(min)), meaning);
    }

    private static TopicSetting number(String name, Effect effect, int byDefault,
            String meaning) {
        return setting(name, effect, new TopicSetting.Domain(INT, byDefault, atLeast(0)),
                meaning);
    }

    private static TopicSetting duration(String name, Effect effect, long byDefault,
            ConfigDef.Validator validator, String meaning) {
        return setting(name, effect, new TopicSetting.Domain(LONG, byDefault, validator),
                meaning);
    }

    private static TopicSetting flag(String name, Effect effect, String meaning) {
        return setting(name, effect, new TopicSetting.Domain(BOOLEAN, false, ANYTHING),
                meaning);
    }

    private static TopicSetting text(String name, Effect effect, String byDefault,
            ConfigDef.Validator validator, String meaning) {
        return setting(name, effect, new TopicSetting.Domain(STRING, byDefault, validator),
                meaning);
    }

    private static TopicSetting setting(String name, Effect effect, TopicSetting.Domain domain,
            String meaning) {
        return new TopicSetting(name, Optional.empty(), effect, domain, meaning);
    }
}
