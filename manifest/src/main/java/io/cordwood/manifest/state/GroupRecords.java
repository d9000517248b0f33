package io.cordwood.manifest.state;

import com.google.protobuf.ByteString;
import io.cordwood.manifest.event.GroupRecord;
import io.vavr.collection.HashMap;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The last record of each key, in the order in which they were written: what is left of a log of
 * records when it is compacted.
 */
final class GroupRecords {

    static final GroupRecords NONE = new GroupRecords(HashMap.empty(), 0);

    private final HashMap<ByteString, Written> byKey;
    private final long writes;

    private GroupRecords(HashMap<ByteString, Written> byKey, long writes) {
        this.byKey = byKey;
        this.writes = writes;
    }

    /** The records after some more; a key whose value is to be gone is gone. */
    GroupRecords write(Iterable<GroupRecord> records) {
        GroupRecords after = this;
        for (GroupRecord record : records) {
            after = record.value().isPresent()
                    ? after.put(record)
                    : new GroupRecords(after.byKey.remove(record.key()), after.writes);
        }
        return after;
    }

    /** The records after some more, of which it is remembered which keys are to be gone. */
    GroupRecords note(Iterable<GroupRecord> records) {
        GroupRecords after = this;
        for (GroupRecord record : records) {
            after = after.put(record);
        }
        return after;
    }

    /** All, in the order in which they were written. */
    List<GroupRecord> inOrder() {
        return byKey.toJavaStream()
                .sorted(Comparator.comparingLong(written -> written._2.order()))
                .map(written -> new GroupRecord(written._1, written._2.value())).toList();
    }

    private GroupRecords put(GroupRecord record) {
        return new GroupRecords(byKey.put(record.key(), new Written(writes, record.value())),
                writes + 1);
    }

    private record Written(long order, Optional<ByteString> value) {}
}
