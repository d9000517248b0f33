package io.cordwood.runtime;

/**
 * It may have been done or not, and may yet be done. Find out before acting on either.
 */
public final class UnknownOutcomeException extends LogException {

    private static final long serialVersionUID = 1;

    public UnknownOutcomeException(String message) {
        super(message);
    }

    public UnknownOutcomeException(String message, Throwable cause) {
        super(message, cause);
    }
}
