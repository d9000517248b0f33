package io.cordwood.cluster;

import io.cordwood.manifest.commit.Decision;
import io.cordwood.manifest.commit.Proposal;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.UnknownOutcomeException;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Something that this process proposes, until it is answered.
 *
 * @param <T> what the proposer is told
 */
final class Own<T> {

    private final Proposal<T> proposal;
    private final Promise<T> promise = Promise.promise();
    private long number;
    private Whereabouts whereabouts = Whereabouts.WAITING;

    Own(long number, Proposal<T> proposal) {
        this.number = number;
        this.proposal = proposal;
    }

    /** Where it is. */
    enum Whereabouts {
        /** Nobody has it. */
        WAITING,
        /** The committer of this process has it. */
        HERE,
        /** It was sent to another process. */
        SENT
    }

    long number() {
        return number;
    }

    Proposal<T> proposal() {
        return proposal;
    }

    Future<T> outcome() {
        return promise.future();
    }

    boolean is(Whereabouts such) {
        return whereabouts == such;
    }

    void enter(Whereabouts next) {
        whereabouts = next;
    }

    /** It is proposed once more, as if it were another. */
    void renumber(long next) {
        number = next;
        whereabouts = Whereabouts.WAITING;
    }

    /**
     * It was accepted in a state. Whoever accepted it came to the decision that is made here,
     * unless it is of another version.
     */
    void acceptedIn(ManifestState state) {
        if (proposal.decide(state, 0) instanceof Decision.Accepted<T> accepted) {
            promise.complete(accepted.answer());
        } else {
            promise.fail(new UnknownOutcomeException("it is in the log, but what it came to is not"
                    + " known here: the committer is of another version"));
        }
    }

    /**
     * It was not accepted in a state, or before.
     *
     * @return whether it is answered by that; if not, it may be accepted by now
     */
    boolean judgedIn(ManifestState state) {
        return switch (proposal.decide(state, 0)) {
            case Decision.Settled<T> settled -> {
                promise.complete(settled.answer());
                yield true;
            }
            case Decision.Refused<T> refused -> {
                promise.fail(refused.reason());
                yield true;
            }
            case Decision.Accepted<T> accepted -> false;
        };
    }

    void succeed(T answer) {
        promise.complete(answer);
    }

    void fail(Throwable reason) {
        promise.fail(reason);
    }
}
