package io.cordwood.kafka.records;

import io.cordwood.query.IsolationLevel;
import org.apache.kafka.common.protocol.Errors;

/** How requests say which records a reader is shown. */
final class Isolation {

    private static final byte UNCOMMITTED = 0;
    private static final byte COMMITTED = 1;

    private Isolation() {}

    /**
     * The level of that number.
     *
     * @throws org.apache.kafka.common.errors.InvalidRequestException when there is none
     */
    static IsolationLevel level(byte number) {
        return switch (number) {
            case UNCOMMITTED -> IsolationLevel.READ_UNCOMMITTED;
            case COMMITTED -> IsolationLevel.READ_COMMITTED;
            default -> throw Errors.INVALID_REQUEST.exception(
                    "there is no isolation level " + number);
        };
    }
}
