package io.cordwood.store.object;

/** What happens to one request. A fault that a kind of request cannot have lets it pass. */
public sealed interface Fault {

    /** Nothing unusual. */
    record Pass() implements Fault {}

    /** No answer came in time. */
    record TimeOut(Landing landing) implements Fault {}

    /** The store answered that it failed, 500 or 503, more often than an adapter repeats. */
    record ServerError(Landing landing) implements Fault {}

    /** Two conditional writes met, 409; this one did not land. */
    record Conflict() implements Fault {}

    /** The store refused for good reason, or could not be reached at all. */
    record Refused() implements Fault {}

    /** The body of an answer ended early, more often than an adapter repeats. */
    record CutBody() implements Fault {}

    /**
     * A write that may be repeated was: it succeeds, and its first attempt, given up for lost, is
     * still on the way and takes effect once more when {@link FailingObjectStore#landLate} is
     * called.
     */
    record Repeated() implements Fault {}

    /** A delete is said to have succeeded, and deleted nothing. */
    record Ignored() implements Fault {}

    /** The future never completes. */
    record NeverAnswers(Landing landing) implements Fault {}

    /** Whether a write that was not answered took effect. */
    enum Landing {
        /** It was lost on the way. */
        NEVER,
        /** It took effect before its outcome is told. */
        AT_ONCE,
        /**
         * It is still on the way, and takes effect when {@link FailingObjectStore#landLate} is
         * called.
         */
        LATER
    }
}
