package io.cordwood.server.node;

import io.cordwood.indexer.Duties;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.Nodes;
import io.cordwood.manifest.state.Placement;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Divides the work among the nodes that have the role, topic by topic; what concerns the log as a
 * whole falls to one of them. While no node has it the committer does everything.
 *
 * @param process which of the nodes this one is
 * @param committing whether it is the committer
 */
record IndexerDuties(Follower follower, UUID process, BooleanSupplier committing)
        implements
            Duties {

    private static final String WHOLE_LOG = "the whole log";

    @Override
    public boolean any() {
        List<Integer> workers = workers();
        return workers.isEmpty() ? committing.getAsBoolean() : workers.contains(self());
    }

    @Override
    public boolean all() {
        return any() && falls(WHOLE_LOG, workers(), self());
    }

    @Override
    public Predicate<UUID> topics() {
        List<Integer> workers = workers();
        int self = self();
        return topic -> falls(topic.toString(), workers, self);
    }

    private static boolean falls(String what, List<Integer> workers, int self) {
        return workers.isEmpty() || Placement.of(what, workers) == self;
    }

    private List<Integer> workers() {
        return nodes().serving().stream().filter(node -> node.member()
                .filter(member -> member.roles().contains(NodeRole.INDEXER)).isPresent())
                .map(Nodes.Node::number).toList();
    }

    /** No node has number 0. */
    private int self() {
        return nodes().ofProcess(process).map(Nodes.Node::number).orElse(0);
    }

    private Nodes nodes() {
        return follower.state().nodes();
    }
}
