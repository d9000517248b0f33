package io.cordwood.manifest.event;

import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A fact that becomes true with its entry. */
public sealed interface ManifestEvent {

    /** A fact by which runs become part of their partitions. */
    sealed interface RunsAppended extends ManifestEvent {

        /** Where the segment is that holds them. */
        SegmentPlace place();

        /** Each becomes part of its partition from the partition's next offset on. */
        List<CommittedRun> runs();
    }

    /**
     * The entry's writer is the committer from here on.
     *
     * @param address where it can be reached
     */
    record CommitterElected(String address) implements ManifestEvent {}

    /** A topic exists, with partitions numbered from 0, and with settings. */
    record TopicCreated(UUID id, TopicName name, int partitions, Configs configs)
            implements
                ManifestEvent {

        /** The most partitions a topic may have. */
        public static final int PARTITIONS_MAX = 10_000;

        public TopicCreated {
            requirePartitions(partitions);
        }

        /** A topic without settings of its own. */
        public TopicCreated(UUID id, TopicName name, int partitions) {
            this(id, name, partitions, Configs.NONE);
        }
    }

    /** A topic and all its records are gone. */
    record TopicDeleted(UUID id) implements ManifestEvent {}

    /**
     * A topic has more partitions than before.
     *
     * @param partitions how many it has then
     */
    record PartitionsAdded(UUID topic, int partitions) implements ManifestEvent {

        public PartitionsAdded {
            requirePartitions(partitions);
        }
    }

    /**
     * The records of a partition before an offset are gone.
     *
     * @param startOffset of the first record that is left, or comes next
     */
    record RecordsDeleted(PartitionId partition, long startOffset) implements ManifestEvent {

        public RecordsDeleted {
            if (startOffset < 0) {
                throw new IllegalArgumentException("offsets count from 0: " + startOffset);
            }
        }
    }

    /**
     * Runs have taken the place of others with the same records. Whatever is read, nothing changes.
     *
     * @param place of the segment that holds them
     */
    record RunsMerged(SegmentPlace.Stored place, List<MergedRun> runs) implements ManifestEvent {

        public RunsMerged {
            runs = List.copyOf(runs);
            if (runs.isEmpty()) {
                throw new IllegalArgumentException("a merge has runs");
            }
        }
    }

    /**
     * A run has taken the place of others with the same records, or those of them that compaction
     * leaves.
     *
     * @param file that holds it, and nothing else
     */
    record RunsConverted(HistoryPlace file, MergedRun run) implements ManifestEvent {

        public RunsConverted {
            if (!file.isFilledBy(run.run())) {
                throw new IllegalArgumentException("a run fills its history file: " + file.id());
            }
        }
    }

    /** A partition is compacted so far. */
    record PartitionCompacted(PartitionId partition, Compaction compaction)
            implements
                ManifestEvent {}

    /**
     * The history of a topic is a table as this version says, which follows the one before.
     */
    record TablePublished(UUID topic, TableVersion version) implements ManifestEvent {}

    /** Objects that nobody needed any more are gone from the bucket. */
    record ObjectsCollected(List<DataObject> objects) implements ManifestEvent {

        public ObjectsCollected {
            objects = List.copyOf(objects);
            if (objects.isEmpty()) {
                throw new IllegalArgumentException("something was collected");
            }
        }
    }

    /**
     * Objects join no more that are older than an entry: those in which there is no run are
     * nobody's.
     *
     * @param beforeSequence the entry, by which the ids of objects tell how old they are
     */
    record UploadsExpired(long beforeSequence) implements ManifestEvent {

        public UploadsExpired {
            if (beforeSequence < 0) {
                throw new IllegalArgumentException("entries are numbered from 1");
            }
        }
    }

    /**
     * A process is the one that commits from a local WAL: whoever had it before commits no more.
     */
    record WalTaken(UUID wal, UUID owner) implements ManifestEvent {}

    /** A node serves. Whoever had its name before serves no more. */
    record NodeJoined(Member member) implements ManifestEvent {}

    /** A process serves no more. */
    record NodeLeft(UUID process) implements ManifestEvent {}

    /** Somebody's settings are others. */
    record ConfigsChanged(ConfigScope scope, ConfigChange change) implements ManifestEvent {}

    /**
     * The next producer ids are taken.
     *
     * @param count how many
     */
    record ProducerIdsReserved(int count) implements ManifestEvent {

        /** The most that are taken at a time. */
        public static final int COUNT_MAX = 1_000_000;

        public ProducerIdsReserved {
            if (count < 1 || count > COUNT_MAX) {
                throw new IllegalArgumentException("1 to " + COUNT_MAX + " ids, not " + count);
            }
        }
    }

    /**
     * Partitions forget the producers that have sent them nothing since a time, as entries are
     * dated.
     */
    record ProducersForgotten(long beforeMillis) implements ManifestEvent {}

    /**
     * A new instance of a producer is the one that may use a transactional id, of which no
     * transaction is open.
     *
     * @param timeoutMillis how long a transaction may stay open
     * @param successorOf the instance that goes on as the new one, and may ask once more who it is
     */
    record TransactionalIdInitialized(TransactionalId id, ProducerIdentity producer,
            int timeoutMillis, Optional<ProducerIdentity> successorOf)
            implements
                ManifestEvent {

        public TransactionalIdInitialized {
            if (timeoutMillis <= 0) {
                throw new IllegalArgumentException("a transaction takes time");
            }
        }
    }

    /** The open transaction of an id, or else a new one, takes in partitions and shards. */
    record TransactionJoined(TransactionalId id, List<PartitionId> partitions,
            List<GroupShard> groupShards) implements ManifestEvent {

        public TransactionJoined {
            partitions = List.copyOf(partitions);
            groupShards = List.copyOf(groupShards);
        }
    }

    /**
     * The open transaction of an id ends in all its partitions and shards.
     *
     * @param committed or else aborted
     * @param next the instance of the producer that may use the id from here on
     * @param place of the control batches
     * @param runs a control batch for each partition that holds records of the transaction
     * @param groupShards those in which records of the transaction may be pending
     */
    record TransactionEnded(TransactionalId id, boolean committed, ProducerIdentity next,
            SegmentPlace place, List<CommittedRun> runs, List<GroupShard> groupShards)
            implements
                RunsAppended {

        public TransactionEnded {
            runs = List.copyOf(runs);
            groupShards = List.copyOf(groupShards);
            requireRunsIn(place, runs);
        }
    }

    /**
     * Transactional ids are forgotten that nobody has used since a time, as entries are dated,
     * unless a transaction of theirs is open.
     */
    record TransactionalIdsForgotten(long beforeMillis) implements ManifestEvent {}

    /** A process is the one that writes the records of a shard, under the shard's next epoch. */
    record GroupShardTaken(GroupShard shard, UUID owner) implements ManifestEvent {}

    /**
     * The owner of a shard has written records.
     *
     * @param number counts the writes of an owner, from 1
     * @param producer in whose transaction they are: they are pending until it ends
     */
    record GroupRecordsWritten(GroupShard shard, long number, Optional<ProducerIdentity> producer,
            List<GroupRecord> records) implements ManifestEvent {

        public GroupRecordsWritten {
            records = List.copyOf(records);
            if (number < 1) {
                throw new IllegalArgumentException("writes are numbered from 1: " + number);
            }
        }
    }

    private static void requirePartitions(int partitions) {
        if (partitions < 1 || partitions > TopicCreated.PARTITIONS_MAX) {
            throw new IllegalArgumentException("1 to " + TopicCreated.PARTITIONS_MAX
                    + " partitions, not " + partitions);
        }
    }

    private static void requireRunsIn(SegmentPlace place, List<CommittedRun> runs) {
        if (runs.isEmpty() != place instanceof SegmentPlace.Nowhere) {
            throw new IllegalArgumentException("runs are in a segment, and a segment has runs");
        }
    }

    /**
     * The runs of a segment are part of their partitions, each from its partition's next offset on.
     *
     * @param wal the identity of the local WAL that sealed the segment
     * @param number the segment's number in that WAL: the one after the last committed
     * @param runs none where nothing of the segment was left to commit
     */
    record SegmentCommitted(UUID wal, long number, SegmentPlace place, List<CommittedRun> runs)
            implements
                RunsAppended {

        public SegmentCommitted {
            runs = List.copyOf(runs);
            if (number < 1) {
                throw new IllegalArgumentException("segments are numbered from 1: " + number);
            }
            requireRunsIn(place, runs);
        }
    }
}
