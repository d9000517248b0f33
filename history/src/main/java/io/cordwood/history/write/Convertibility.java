package io.cordwood.history.write;

import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.RecordHeader;
import io.cordwood.store.batch.StoredRecord;
import java.util.List;

/**
 * Whether a batch can be held by a history file.
 *
 * <p>Names of headers are text there, so those that are not UTF-8 cannot be held. Decoders put
 * U+FFFD in the place of what is no text, so a name that has it is refused, even if it had it from
 * the beginning. Timestamps are microseconds there; those that do not fit are not decoded at all.
 */
sealed interface Convertibility {

    /** It can. */
    record Convertible(List<StoredRecord> records) implements Convertibility {}

    /** It cannot. */
    record Inconvertible(String reason) implements Convertibility {}

    /** U+FFFD. */
    char REPLACEMENT = '\uFFFD';

    /** Looks at all of a batch whose checksum is right. */
    static Convertibility of(SourceBatch batch) {
        if (batch.nextOffset() <= batch.baseOffset()) {
            return new Inconvertible("it ends before it begins");
        }
        List<StoredRecord> records;
        try {
            records = batch.records();
        } catch (CorruptException undecodable) {
            return new Inconvertible("it was stored as it is, but " + undecodable.getMessage());
        }
        long next = batch.baseOffset();
        for (StoredRecord stored : records) {
            if (stored.offset() < next || stored.offset() >= batch.nextOffset()) {
                return new Inconvertible("offset " + stored.offset() + " is out of order");
            }
            next = stored.offset() + 1;
            if (stored.record().headers().stream().anyMatch(Convertibility::isNoText)) {
                return new Inconvertible("a header of the record at offset " + stored.offset()
                        + " has a name that is no text");
            }
        }
        return new Convertible(records);
    }

    private static boolean isNoText(RecordHeader header) {
        return header.key().indexOf(REPLACEMENT) >= 0;
    }
}
