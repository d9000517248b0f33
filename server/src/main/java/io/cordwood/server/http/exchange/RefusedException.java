package io.cordwood.server.http.exchange;

/** The edge itself refuses a request, before the log was asked. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    public RefusedException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    public RefusedException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }
}
