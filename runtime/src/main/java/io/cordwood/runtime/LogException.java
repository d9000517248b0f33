package io.cordwood.runtime;

/**
 * A failure that callers are expected to handle. Each kind tells the caller what to do, and there
 * is a kind only where callers act differently.
 */
public abstract sealed class LogException extends RuntimeException
        permits RejectedException, UnavailableException, FencedException, CorruptException,
        MissingObjectException, UnknownOutcomeException {

    private static final long serialVersionUID = 1;

    LogException(String message) {
        super(message);
    }

    LogException(String message, Throwable cause) {
        super(message, cause);
    }
}
