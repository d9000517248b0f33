package io.cordwood.manifest.state;

import com.google.protobuf.ByteString;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.store.batch.ProducerIdentity;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.TreeMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The last record of each key, in the order in which they were written: what is left of a log of
 * records when it is compacted. Those of an open transaction are kept apart until it ends; then
 * each counts as of when it was written, so what was written since stays.
 */
final class GroupRecords {

    static final GroupRecords NONE = new GroupRecords(HashMap.empty(), TreeMap.empty(), 0);

    private final HashMap<ByteString, Written> settled;
    private final TreeMap<Long, Pending> pending;
    private final long writes;

    private GroupRecords(HashMap<ByteString, Written> settled, TreeMap<Long, Pending> pending,
            long writes) {
        this.settled = settled;
        this.pending = pending;
        this.writes = writes;
    }

    /** The records after one more. */
    GroupRecords write(GroupRecord record) {
        Written written = new Written(writes, record.value());
        return new GroupRecords(settle(settled, record.key(), written), pending, writes + 1);
    }

    /** The records after one more of an open transaction. */
    GroupRecords write(GroupRecord record, ProducerIdentity producer) {
        Pending open = pending.getOrElse(producer.id(), new Pending(producer, HashMap.empty()));
        Pending after = new Pending(producer,
                open.records().put(record.key(), new Written(writes, record.value())));
        return new GroupRecords(settled, pending.put(producer.id(), after), writes + 1);
    }

    /** The records after the end of a producer's transaction. */
    GroupRecords end(long producerId, boolean committed) {
        return pending.get(producerId).map(open -> new GroupRecords(
                committed ? open.records().foldLeft(settled, GroupRecords::settle) : settled,
                pending.remove(producerId), writes)).getOrElse(this);
    }

    private static HashMap<ByteString, Written> settle(HashMap<ByteString, Written> settled,
            Tuple2<ByteString, Written> record) {
        return settled.get(record._1).exists(there -> there.order() > record._2.order())
                ? settled
                : settle(settled, record._1, record._2);
    }

    private static HashMap<ByteString, Written> settle(HashMap<ByteString, Written> settled,
            ByteString key, Written written) {
        return written.value().isPresent() ? settled.put(key, written) : settled.remove(key);
    }

    /** All, in the order in which they were written. */
    List<WrittenGroupRecord> inOrder() {
        List<Tuple2<Long, WrittenGroupRecord>> all = new ArrayList<>();
        settled.forEach((key, written) -> all.add(written.of(key, Optional.empty())));
        pending.values().forEach(open -> open.records().forEach((key, written) -> all
                .add(written.of(key, Optional.of(open.producer())))));
        return all.stream().sorted(Comparator.comparingLong(Tuple2::_1)).map(Tuple2::_2).toList();
    }

    /**
     * What a key holds.
     *
     * @param order by which records are ordered that were written one after the other
     */
    private record Written(long order, Optional<ByteString> value) {

        Tuple2<Long, WrittenGroupRecord> of(ByteString key,
                Optional<ProducerIdentity> transaction) {
            return new Tuple2<>(order,
                    new WrittenGroupRecord(new GroupRecord(key, value), transaction));
        }
    }

    /** What a producer has written in its open transaction. */
    private record Pending(ProducerIdentity producer, HashMap<ByteString, Written> records) {}
}
