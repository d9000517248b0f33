package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.ManifestEvent.GroupShardTaken;
import io.cordwood.manifest.state.ManifestState;
import java.util.List;
import java.util.UUID;

/**
 * A process is to be the one that writes the records of a shard. Answered with the epoch under
 * which it writes: whatever was written under the one before is in the state, and nothing follows.
 */
public record TakeGroupShard(GroupShard shard, UUID owner) implements Proposal<Long> {

    @Override
    public Decision<Long> decide(ManifestState state, int inlinePosition) {
        return new Decision.Accepted<>(new GroupShardTaken(shard, owner), List.of(),
                state.groupShard(shard).ownership().epoch() + 1);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 48;
    }
}
