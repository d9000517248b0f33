package io.cordwood.manifest.state;

import io.cordwood.manifest.event.GroupShard;
import io.cordwood.store.segment.PartitionId;
import io.vavr.collection.LinkedHashSet;
import java.util.List;

/** What an open transaction has taken in, in the order in which it joined. */
record Participants(LinkedHashSet<PartitionId> partitions, LinkedHashSet<GroupShard> groupShards) {

    static final Participants NONE = new Participants(LinkedHashSet.empty(),
            LinkedHashSet.empty());

    boolean isEmpty() {
        return partitions.isEmpty() && groupShards.isEmpty();
    }

    Participants with(List<PartitionId> joining, List<GroupShard> joiningShards) {
        return new Participants(partitions.addAll(joining), groupShards.addAll(joiningShards));
    }
}
