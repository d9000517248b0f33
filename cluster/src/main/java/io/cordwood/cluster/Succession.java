package io.cordwood.cluster;

import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Nodes;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Who follows a committer that has left, and when. */
final class Succession {

    /** One tries at once, and the next this much later, if the first did not. */
    private static final Duration TURN = Duration.ofMillis(500);

    private Succession() {}

    /** The node that other nodes reach there, if it serves. */
    static Optional<Member> nodeAt(ManifestState state, String address) {
        return state.nodes().serving().stream().map(Nodes.Node::member)
                .flatMap(Optional::stream)
                .filter(member -> member.addresses().nodes().equals(address)).findFirst();
    }

    /** How long a process waits until it tries. */
    static Duration turn(ManifestState state, UUID process) {
        int rank = (int) state.nodes().serving().stream().map(Nodes.Node::member)
                .flatMap(Optional::stream)
                .takeWhile(member -> !member.process().equals(process)).count();
        return TURN.multipliedBy(rank);
    }
}
