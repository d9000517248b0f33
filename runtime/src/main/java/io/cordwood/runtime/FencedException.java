package io.cordwood.runtime;

/**
 * This node's right to do this has passed to another: stop, never retry here.
 */
public final class FencedException extends LogException {

    private static final long serialVersionUID = 1;

    public FencedException(String message) {
        super(message);
    }

    public FencedException(String message, Throwable cause) {
        super(message, cause);
    }
}
