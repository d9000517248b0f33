package io.cordwood.runtime;

/**
 * Stored bytes are not what was written. Retrying gives the same bytes again.
 */
public final class CorruptException extends LogException {

    private static final long serialVersionUID = 1;

    public CorruptException(String message) {
        super(message);
    }

    public CorruptException(String message, Throwable cause) {
        super(message, cause);
    }
}
