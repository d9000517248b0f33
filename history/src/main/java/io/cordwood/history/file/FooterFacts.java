package io.cordwood.history.file;

import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.TimestampRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a history file says of itself in its footer's key-values, so that it can be understood
 * without the log.
 *
 * <pre>
 *  cordwood.history.format   1
 *  cordwood.segments         what it was made of, separated by commas
 *  kafka.topic               the topic's name
 *  kafka.topic.id            the topic's id, a UUID
 *  kafka.partition           the partition's number
 *  kafka.base.offset         the first offset that it covers
 *  kafka.next.offset         the first that it no longer covers
 *  kafka.leader.epochs       epoch:offset of each leader epoch's first record
 *  kafka.min.timestamp       the smallest, in milliseconds; not there if no record has one
 *  kafka.max.timestamp       the largest
 *  kafka.aborted             producer:first:last of each aborted transaction
 * </pre>
 *
 * @param leaderEpochs the offset of each leader epoch's first record, by epoch
 * @param timestamps of the records that have one and that readers see
 */
public record FooterFacts(HistorySource source, long baseOffset, long nextOffset,
        Map<Integer, Long> leaderEpochs, TimestampRange timestamps,
        List<AbortedTransaction> aborted) {

    private static final String FORMAT_KEY = "cordwood.history.format";
    private static final String FORMAT = "1";
    private static final String ABORTED_KEY = "kafka.aborted";

    /** The key-values. */
    public Map<String, String> keyValues() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(FORMAT_KEY, FORMAT);
        facts.put("cordwood.segments", String.join(",", source.segments()));
        facts.put("kafka.topic", source.topic());
        facts.put("kafka.topic.id", source.partition().topic().toString());
        facts.put("kafka.partition", Integer.toString(source.partition().partition()));
        facts.put("kafka.base.offset", Long.toString(baseOffset));
        facts.put("kafka.next.offset", Long.toString(nextOffset));
        facts.put("kafka.leader.epochs", leaderEpochs.entrySet().stream()
                .map(epoch -> epoch.getKey() + ":" + epoch.getValue())
                .collect(Collectors.joining(",")));
        if (!timestamps.equals(TimestampRange.EMPTY)) {
            facts.put("kafka.min.timestamp", Long.toString(timestamps.minMillis()));
            facts.put("kafka.max.timestamp", Long.toString(timestamps.maxMillis()));
        }
        facts.put(ABORTED_KEY, aborted.stream()
                .map(it -> it.producerId() + ":" + it.firstOffset() + ":" + it.lastOffset())
                .collect(Collectors.joining(",")));
        return facts;
    }

    /**
     * The aborted transactions that key-values name.
     *
     * @throws CorruptException when they are not those of a history file that can be read
     */
    public static List<AbortedTransaction> aborted(Map<String, String> keyValues) {
        Optional<String> format = Optional.ofNullable(keyValues.get(FORMAT_KEY));
        if (!format.equals(Optional.of(FORMAT))) {
            throw new CorruptException("not a history file of format " + FORMAT + ", but of "
                    + format.orElse("none"));
        }
        List<AbortedTransaction> aborted = new ArrayList<>();
        for (String spelled : keyValues.getOrDefault(ABORTED_KEY, "").split(",", -1)) {
            if (!spelled.isEmpty()) {
                aborted.add(transaction(spelled));
            }
        }
        return aborted;
    }

    private static AbortedTransaction transaction(String spelled) {
        String[] parts = spelled.split(":", -1);
        if (parts.length != 3) {
            throw new CorruptException("not an aborted transaction: " + spelled);
        }
        return new AbortedTransaction(Long.parseLong(parts[0]), Long.parseLong(parts[1]),
                Long.parseLong(parts[2]));
    }
}
