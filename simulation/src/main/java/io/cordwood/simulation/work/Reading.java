package io.cordwood.simulation.work;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.log.TopicDescription;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.truth.PartitionTruth;
import io.cordwood.simulation.truth.PartitionTruth.Placed;
import io.cordwood.simulation.world.Weather;
import io.cordwood.simulation.world.World;
import io.cordwood.store.segment.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A read under way. */
record Reading(World world, NodeProcess from, TopicDescription topic, int partition) {

    PartitionId id() {
        return new PartitionId(topic.id(), partition);
    }

    RecordLog log() {
        return Fleet.nodeOf(from).log();
    }

    /** What there is to read. */
    PartitionTruth truth() {
        return world.truth().partition(id());
    }

    /** Whether the topic's name still means the same topic where it is read. */
    boolean isSameTopic() {
        return from.node().flatMap(node -> node.state().topic(topic.name()))
                .filter(now -> now.id().equals(topic.id())).isPresent();
    }

    /**
     * Where the partition begins now, or began when what the process knows was all that there was;
     * 0 if it was gone then already.
     */
    long startOffset() {
        ManifestState known = world.truth().stateAt(from.node()
                .map(node -> node.state().sequence()).orElse(0L));
        return Stream.of(world.truth().state(), known)
                .flatMap(state -> state.partition(id()).stream())
                .mapToLong(PartitionState::startOffset).max().orElse(0L);
    }

    /** Whether records may be what is left of some that there are. */
    boolean allows(List<Placed> expected, List<Placed> found) {
        return Topics.isCompacted(topic.name())
                ? truth().mayLeave(expected, found)
                : found.equals(expected);
    }

    /** Nothing is read beyond the end that a partition has. */
    void checkEnd(long end) {
        world.judge().check(!isSameTopic() || end <= truth().end(),
                "nobody sees what is not there: %s ends at %d", this, end);
    }

    /**
     * It failed: because the topic is gone, or what is at the offset, or the bucket does not
     * answer, or what was to be read was replaced, and by what this process can know no more.
     */
    void checkFailure(Throwable failure, long offset) {
        boolean deleted = failure instanceof RejectedException rejected
                && (rejected.reason() == Reason.UNKNOWN_TOPIC
                        || rejected.reason() == Reason.UNKNOWN_PARTITION)
                && !isSameTopic();
        boolean expired = failure instanceof RejectedException refused
                && refused.reason() == Reason.OFFSET_OUT_OF_RANGE && offset < startOffset();
        boolean weather = failure instanceof UnavailableException && mayHang();
        boolean over = failure instanceof FencedException && from.hasNoFuture();
        world.judge().check(deleted || expired || weather || over,
                "no read fails without need: %s (%s)",
                this,
                failure);
    }

    /** A read may wait for a request that another read made, even before its process slept. */
    private boolean mayHang() {
        long calmNanos = world.time().nanoTime() - Math.max(world.badUntilNanos(),
                from.runsSinceNanos());
        return Duration.ofNanos(calmNanos).compareTo(Weather.HANGS_MAX) < 0;
    }

    @Override
    public String toString() {
        return topic.name() + "-" + partition + " on " + from;
    }
}
