package io.cordwood.history.file;

/**
 * What the log keeps of a history file: enough to know what it answers, and to read it with no look
 * at anything but its tail.
 *
 * @param baseOffset the first offset that it covers
 * @param nextOffset the first that it no longer covers; offsets without a record may lie before it
 * @param records how many it holds, control records among them
 */
public record HistoryFile(long baseOffset, long nextOffset, long records, FileShape shape) {

    public HistoryFile {
        if (baseOffset < 0 || nextOffset <= baseOffset || records < 0
                || records > nextOffset - baseOffset) {
            throw new IllegalArgumentException("not a stretch of a partition: " + records
                    + " records from " + baseOffset + " to " + nextOffset);
        }
    }

    /** Whether an offset lies in the stretch, with or without a record. */
    public boolean covers(long offset) {
        return baseOffset <= offset && offset < nextOffset;
    }
}
