package io.cordwood.runtime;

/**
 * Nothing was done, for a reason that passes: ask again later.
 */
public final class UnavailableException extends LogException {

    private static final long serialVersionUID = 1;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
