package io.cordwood.manifest.state;

import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.ManifestEvent.GroupRecordsWritten;
import io.cordwood.store.batch.ProducerIdentity;
import io.vavr.collection.TreeMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A shard of the groups: who writes its records, and what they are. Records of a transaction are
 * pending until it ends.
 */
public final class GroupShardState {

    /** That of a shard that nobody ever took. */
    static final GroupShardState NEW = new GroupShardState(new Ownership(0, new UUID(0, 0), 0),
            GroupRecords.NONE, TreeMap.empty());

    private final Ownership ownership;
    private final GroupRecords records;
    private final TreeMap<Long, Pending> pending;

    GroupShardState(Ownership ownership, GroupRecords records, TreeMap<Long, Pending> pending) {
        this.ownership = ownership;
        this.records = records;
        this.pending = pending;
    }

    /** Who writes. */
    public Ownership ownership() {
        return ownership;
    }

    /** One record for each key, in the order in which they were written. */
    public List<GroupRecord> records() {
        return records.inOrder();
    }

    /** Those of each open transaction, by its producer. */
    public Map<ProducerIdentity, List<GroupRecord>> pendingRecords() {
        Map<ProducerIdentity, List<GroupRecord>> all = new LinkedHashMap<>();
        pending.values().forEach(transaction -> all.put(transaction.producer(),
                transaction.records().inOrder()));
        return all;
    }

    GroupShardState take(UUID owner) {
        return new GroupShardState(new Ownership(ownership.epoch() + 1, owner, 0), records,
                pending);
    }

    GroupShardState write(GroupRecordsWritten written) {
        Ownership after = new Ownership(ownership.epoch(), ownership.owner(), written.number());
        return written.producer()
                .map(producer -> new GroupShardState(after, records, pendingAfter(producer,
                        written.records())))
                .orElseGet(() -> new GroupShardState(after, records.write(written.records()),
                        pending));
    }

    private TreeMap<Long, Pending> pendingAfter(ProducerIdentity producer,
            List<GroupRecord> written) {
        GroupRecords before = pending.get(producer.id()).map(Pending::records)
                .getOrElse(GroupRecords.NONE);
        return pending.put(producer.id(), new Pending(producer, before.note(written)));
    }

    GroupShardState endTransaction(long producerId, boolean committed) {
        return pending.get(producerId).map(transaction -> new GroupShardState(ownership,
                committed ? records.write(transaction.records().inOrder()) : records,
                pending.remove(producerId))).getOrElse(this);
    }

    /**
     * Who writes the records of a shard.
     *
     * @param epoch how often the shard was taken
     * @param owner the process that took it last
     * @param writes how often that one has written since
     */
    public record Ownership(long epoch, UUID owner, long writes) {

        public Ownership {
            if (epoch < 0 || writes < 0) {
                throw new IllegalArgumentException("a shard is taken and written from 1 on: "
                        + epoch + ", " + writes);
            }
        }
    }

    /** What a producer has written in its open transaction. */
    record Pending(ProducerIdentity producer, GroupRecords records) {}
}
