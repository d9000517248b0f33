package io.cordwood.history.file;

/**
 * What the attributes of a batch say of its records: the bits that a history file keeps. Those that
 * say how a batch is compressed, or when a tombstone may go, belong to the batch alone.
 *
 * @see <a href="https://kafka.apache.org/documentation/#recordbatch">Kafka: record batch</a>
 */
public final class RecordAttributes {

    /** All records have the time of their append. */
    public static final int APPEND_TIMED = 1 << 3;

    /** They are part of a transaction. */
    public static final int TRANSACTIONAL = 1 << 4;

    /** They end a transaction; no reader sees them. */
    public static final int CONTROL = 1 << 5;

    private static final int KEPT = APPEND_TIMED | TRANSACTIONAL | CONTROL;

    private RecordAttributes() {}

    /** The bits that are kept. */
    public static int kept(int attributes) {
        return attributes & KEPT;
    }

    /** Whether the bits are such as a file may hold. */
    public static boolean areKept(long attributes) {
        return (attributes & ~KEPT) == 0;
    }

    public static boolean isAppendTimed(int attributes) {
        return (attributes & APPEND_TIMED) != 0;
    }

    public static boolean isTransactional(int attributes) {
        return (attributes & TRANSACTIONAL) != 0;
    }

    public static boolean isControl(int attributes) {
        return (attributes & CONTROL) != 0;
    }
}
