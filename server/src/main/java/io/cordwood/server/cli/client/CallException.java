package io.cordwood.server.cli.client;

import io.vertx.grpc.common.GrpcStatus;

/** A call did not end well. */
public abstract sealed class CallException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private CallException(String message) {
        super(message);
    }

    private CallException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What happened, in words for people. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** Nobody answers at the server's address: nothing was asked. */
    public static final class Unreachable extends CallException {

        private static final long serialVersionUID = 1;

        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The connection broke before the answer came: what was asked may have been done or not. */
    public static final class Broken extends CallException {

        private static final long serialVersionUID = 1;

        Broken(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The server said why not. */
    public static final class Refused extends CallException {

        private static final long serialVersionUID = 1;

        private final GrpcStatus status;

        Refused(GrpcStatus status, String message) {
            super(message);
            this.status = status;
        }

        public GrpcStatus status() {
            return status;
        }
    }
}
