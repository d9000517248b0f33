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
 */
final class IndexerDuties implements Duties {

    private static final String WHOLE_LOG = "the whole log";

    private final Follower follower;
    private final UUID process;
    private final BooleanSupplier committing;
    private Staff staff;

    /**
     * The duties of a node.
     *
     * @param process which of the nodes it is
     * @param committing whether it is the committer
     */
    IndexerDuties(Follower follower, UUID process, BooleanSupplier committing) {
        this.follower = follower;
        this.process = process;
        this.committing = committing;
        this.staff = Staff.of(Nodes.NONE, process);
    }

    @Override
    public boolean any() {
        Staff now = staff();
        return now.workers().isEmpty()
                ? committing.getAsBoolean()
                : now.workers().contains(now.self());
    }

    @Override
    public boolean all() {
        return any() && staff().forWholeLog();
    }

    @Override
    public Predicate<UUID> topics() {
        Staff now = staff();
        return topic -> now.falls(topic.toString());
    }

    /** Asked all the time, while nodes rarely change. */
    private Staff staff() {
        Nodes now = follower.state().nodes();
        if (staff.nodes() != now) {
            staff = Staff.of(now, process);
        }
        return staff;
    }

    /**
     * Who works.
     *
     * @param workers the numbers of the nodes that have the role
     * @param self the number of this one; 0, which no node has, while it does not serve
     * @param forWholeLog whether the log as a whole falls to this one, if any work does
     */
    private record Staff(Nodes nodes, List<Integer> workers, int self, boolean forWholeLog) {

        static Staff of(Nodes nodes, UUID process) {
            List<Integer> workers = nodes.serving().stream().filter(node -> node.member()
                    .filter(member -> member.roles().contains(NodeRole.INDEXER)).isPresent())
                    .map(Nodes.Node::number).toList();
            int self = nodes.ofProcess(process).map(Nodes.Node::number).orElse(0);
            return new Staff(nodes, workers, self, falls(WHOLE_LOG, workers, self));
        }

        boolean falls(String what) {
            return falls(what, workers, self);
        }

        private static boolean falls(String what, List<Integer> workers, int self) {
            return workers.isEmpty() || Placement.of(what, workers) == self;
        }
    }
}
