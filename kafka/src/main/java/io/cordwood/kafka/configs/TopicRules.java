package io.cordwood.kafka.configs;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.batch.ValidBatch;
import java.util.List;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/**
 * What the settings of a topic mean for who appends to it and deletes from it.
 *
 * @param batchBytesMax the largest batch, where the server accepts one so large
 * @param stamped whether records get the time of their arrival, whatever their producers say
 * @param pastMaxMillis how far before its arrival a record may be dated
 * @param futureMaxMillis how far after its arrival a record may be dated
 * @param compacts whether only the last record of each key is kept, so that records need keys
 * @param deletes whether records may be deleted
 */
public record TopicRules(int batchBytesMax, boolean stamped, long pastMaxMillis,
        long futureMaxMillis, boolean compacts, boolean deletes) {

    private static final TopicRules STANDARD = read(name -> Schemas.TOPICS.byDefault(name)
            .orElseThrow());

    /** The rules of a topic in a state. */
    public static TopicRules of(ManifestState state, TopicState topic) {
        if (topic.configs().isEmpty() && state.configs().areBrokersUnset()) {
            return STANDARD;
        }
        Origins origins = Origins.of(state, Resource.topic(topic.id()));
        return read(name -> origins.value(name).orElseThrow());
    }

    private static TopicRules read(Values values) {
        List<String> policies = Schema.parts(values.get(TopicConfig.CLEANUP_POLICY_CONFIG));
        return new TopicRules(
                Integer.parseInt(values.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)),
                values.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                        .equals(TimestampType.LOG_APPEND_TIME.name),
                Long.parseLong(values.get(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG)),
                Long.parseLong(values.get(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG)),
                policies.contains(TopicConfig.CLEANUP_POLICY_COMPACT),
                policies.contains(TopicConfig.CLEANUP_POLICY_DELETE));
    }

    /** The limits of the batches that are made for the topic. */
    public BatchLimits limits() {
        BatchLimits hard = BatchLimits.STANDARD;
        return new BatchLimits(Math.clamp(batchBytesMax, BatchHeader.SIZE, hard.sizeMax()),
                hard.unpackedSizeMax());
    }

    /**
     * Lets a batch in that arrives at a time: as it is, or stamped with that time.
     *
     * @throws RejectedException with what the topic does not take
     */
    public ValidBatch admit(ValidBatch batch, long arrivalMillis) {
        if (batch.size() > batchBytesMax) {
            throw new RejectedException(Reason.RECORD_TOO_LARGE, "a batch of " + batch.size()
                    + " bytes is larger than the " + batchBytesMax
                    + " that max.message.bytes of the topic lets in");
        }
        checkKeys(batch.isKeyed());
        if (stamped) {
            return batch.stampedAt(arrivalMillis);
        }
        if (batch.isStamped()) {
            throw new RejectedException(Reason.INVALID_TIMESTAMP, "Producer should not set "
                    + "timestamp type to LogAppendTime.");
        }
        TimestampRange dated = batch.datedTimestamps();
        if (!dated.equals(TimestampRange.EMPTY)) {
            checkTime(dated.minMillis(), arrivalMillis);
            checkTime(dated.maxMillis(), arrivalMillis);
        }
        return batch;
    }

    /**
     * Checks a record that is to be part of a batch.
     *
     * @throws RejectedException with what the topic does not take
     */
    public void check(LogRecord record, long arrivalMillis) {
        checkKeys(record.key().isPresent());
        if (!stamped && record.timestampMillis() != LogRecord.NO_TIMESTAMP) {
            checkTime(record.timestampMillis(), arrivalMillis);
        }
    }

    private void checkKeys(boolean keyed) {
        if (compacts && !keyed) {
            throw new RejectedException(Reason.INVALID_RECORD,
                    "Compacted topic cannot accept message without key");
        }
    }

    private void checkTime(long millis, long arrivalMillis) {
        if (arrivalMillis - millis > pastMaxMillis || millis - arrivalMillis > futureMaxMillis) {
            throw new RejectedException(Reason.INVALID_TIMESTAMP, "Timestamp " + millis
                    + " is out of range: message.timestamp.before.max.ms and after.max.ms of the "
                    + "topic let in what is dated at most " + pastMaxMillis + " ms before and "
                    + futureMaxMillis + " ms after its arrival at " + arrivalMillis);
        }
    }

    /** The values that count, by name. */
    @FunctionalInterface
    private interface Values {
        String get(String name);
    }
}
