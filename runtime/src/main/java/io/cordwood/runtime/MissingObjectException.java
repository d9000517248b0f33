package io.cordwood.runtime;

/**
 * An object that was asked for is not in the store. A plan made from an older state may name
 * objects that were since replaced: plan anew.
 */
public final class MissingObjectException extends LogException {

    private static final long serialVersionUID = 1;

    public MissingObjectException(String message) {
        super(message);
    }

    public MissingObjectException(String message, Throwable cause) {
        super(message, cause);
    }
}
