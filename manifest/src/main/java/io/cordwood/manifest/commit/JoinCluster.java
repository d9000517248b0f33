package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Nodes;
import java.util.List;
import java.util.OptionalInt;

/**
 * A node is to be known to all as one that serves. Answered with its number. Another process of the
 * same name is known no more. Answered with nothing when one of that name has joined since: a
 * process that is gone may have proposed this, and long ago.
 *
 * @param knownSequence the last entry that the process knew
 */
public record JoinCluster(Member member, long knownSequence) implements Proposal<OptionalInt> {

    private static final int SIZE_MAX = 64 + 2 * Member.NAME_LENGTH_MAX
            + 3 * 3 * Member.Addresses.LENGTH_MAX;

    public JoinCluster {
        if (knownSequence < 0) {
            throw new IllegalArgumentException("entries are numbered from 1: " + knownSequence);
        }
    }

    @Override
    public Decision<OptionalInt> decide(ManifestState state, int inlinePosition) {
        OptionalInt number = OptionalInt.of(state.nodes().numberOf(member.name()));
        boolean known = state.nodes().ofProcess(member.process()).flatMap(Nodes.Node::member)
                .filter(member::equals).isPresent();
        if (known) {
            return new Decision.Settled<>(number);
        }
        return state.nodes().named(member.name())
                .filter(node -> node.joinedSequence() > knownSequence).isPresent()
                        ? new Decision.Settled<>(OptionalInt.empty())
                        : new Decision.Accepted<>(new NodeJoined(member), List.of(), number);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return SIZE_MAX;
    }
}
