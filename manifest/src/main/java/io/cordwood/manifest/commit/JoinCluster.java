package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Nodes;
import java.util.List;

/**
 * A node is to be known to all as one that serves. Answered with its number. Another process of the
 * same name is known no more.
 */
public record JoinCluster(Member member) implements Proposal<Integer> {

    private static final int SIZE_MAX = 64 + 2 * Member.NAME_LENGTH_MAX
            + 3 * 3 * Member.Addresses.LENGTH_MAX;

    @Override
    public Decision<Integer> decide(ManifestState state, int inlinePosition) {
        int number = state.nodes().numberOf(member.name());
        boolean known = state.nodes().ofProcess(member.process()).flatMap(Nodes.Node::member)
                .filter(member::equals).isPresent();
        return known
                ? new Decision.Settled<>(number)
                : new Decision.Accepted<>(new NodeJoined(member), List.of(), number);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return SIZE_MAX;
    }
}
