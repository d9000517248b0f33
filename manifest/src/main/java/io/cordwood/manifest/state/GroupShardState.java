package io.cordwood.manifest.state;

import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.ManifestEvent.GroupRecordsWritten;
import java.util.List;
import java.util.UUID;

/**
 * A shard of the groups: who writes its records, and what they are. Records of a transaction are
 * pending until it ends.
 */
public final class GroupShardState {

    /** That of a shard that nobody ever took. */
    static final GroupShardState NEW = new GroupShardState(new Ownership(0, new UUID(0, 0), 0),
            GroupRecords.NONE);

    private final Ownership ownership;
    private final GroupRecords records;

    GroupShardState(Ownership ownership, GroupRecords records) {
        this.ownership = ownership;
        this.records = records;
    }

    /** Who writes. */
    public Ownership ownership() {
        return ownership;
    }

    /**
     * The last record of each key, and the last of each key in each open transaction, in the order
     * in which they were written.
     */
    public List<WrittenGroupRecord> records() {
        return records.inOrder();
    }

    GroupShardState take(UUID owner) {
        return new GroupShardState(new Ownership(ownership.epoch() + 1, owner, 0), records);
    }

    GroupShardState write(GroupRecordsWritten written) {
        GroupRecords after = records;
        for (GroupRecord record : written.records()) {
            after = written.producer().isPresent()
                    ? after.write(record, written.producer().get())
                    : after.write(record);
        }
        return new GroupShardState(
                new Ownership(ownership.epoch(), ownership.owner(), written.number()), after);
    }

    GroupShardState endTransaction(long producerId, boolean committed) {
        return new GroupShardState(ownership, records.end(producerId, committed));
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
}
