package io.cordwood.manifest.commit;

import io.cordwood.runtime.FencedException;
import io.vertx.core.Future;

/** Takes what is to become true, and says what became of it. Confined to a loop. */
public interface Commits {

    /**
     * Proposes something. Proposals are judged in the order in which they come.
     *
     * @return complete when the proposal's entry is in the log and applied here; fails with the
     *         reason of a refusal, {@link FencedException} when this process can commit nothing any
     *         more, or {@link io.cordwood.runtime.UnavailableException} when too many wait. In each
     *         of these cases nothing became true, and nothing will. Only where nobody can find out
     *         it is told {@link io.cordwood.runtime.UnknownOutcomeException}.
     */
    <T> Future<T> commit(Proposal<T> proposal);

    /** Whether this process is the committer, as far as it knows. */
    boolean isCommitter();

    /** Complete when only a restart helps, with what to tell people. */
    Future<FencedException> ended();
}
