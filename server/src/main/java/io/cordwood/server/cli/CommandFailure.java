package io.cordwood.server.cli;

/** Why a command failed, and what to do next, in words for people. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String advice;

    /**
     * Creates a failure.
     *
     * @param message what is wrong
     * @param advice what to do next
     */
    public CommandFailure(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /** What to do next. */
    public String advice() {
        return advice;
    }
}
