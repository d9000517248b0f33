package io.cordwood.server.log;

import io.cordwood.manifest.event.TopicName;
import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalLong;

/**
 * The log as the edges see it. May be called on any Vert.x context; futures complete on the context
 * they were asked for on.
 *
 * <p>Failures are {@link io.cordwood.runtime.LogException}s: a topic, partition or offset that does
 * not exist is a {@link io.cordwood.runtime.RejectedException} with its reason.
 */
public interface RecordLog {

    /** All topics, by name. */
    List<TopicDescription> topics();

    /** One topic. */
    Future<TopicDescription> topic(TopicName name);

    /**
     * Creates a topic, of 1 to 10,000 partitions. Complete when every reader of this node sees it.
     */
    Future<Void> createTopic(TopicName name, int partitions);

    /** Deletes a topic and its records. */
    Future<Void> deleteTopic(TopicName name);

    /**
     * Appends records, each to the partition it names or else to the one that Kafka's clients would
     * choose: by the hash of its key, or one partition for all records of the call without a key. A
     * record without a timestamp gets that of its arrival.
     *
     * <p>The records that one call appends to one partition keep their order; calls that are made
     * one after the other from one context keep theirs.
     *
     * @param records at least one
     * @return what became of each, in order: complete when all are durable or failed. Fails as a
     * whole
     *         only if the topic does not exist; then nothing was appended
     */
    Future<List<AppendResult>> append(TopicName topic, List<NewRecord> records);

    /**
     * Reads records from an offset on: at least one if there is any, and no more than fit
     * {@link ReadRequest#bytesMax()} beyond the first batch. Where there is none yet, waits.
     */
    Future<RecordPage> read(TopicName topic, int partition, ReadRequest request);

    /** The offsets that a partition has now. */
    Future<OffsetRange> offsets(TopicName topic, int partition);

    /** The offset of the first record at or after a time; empty when there is none. Exact. */
    Future<OptionalLong> offsetAt(TopicName topic, int partition, long timestampMillis);

    /**
     * Takes room for a request that is about to be read into memory, waiting for it if need be.
     * Given back with {@link #release}, whatever becomes of the request.
     *
     * @return fails with {@link io.cordwood.runtime.UnavailableException} when there is no room for
     *         too long; then nothing was taken
     */
    Future<Void> reserve(long bytes);

    /** Gives back what was taken with {@link #reserve}. */
    void release(long bytes);
}
