package io.cordwood.history.file;

import java.util.List;
import java.util.Optional;

/**
 * A column of a history file, in the order in which row groups hold them: what is nearly constant
 * or asked for alone stands together in front, and the values, which are most of the file, at the
 * end. So a read of a few rows is two stretches of the file.
 */
public enum Column {
    PARTITION("partition"),
    OFFSET("offset"),
    TIMESTAMP("timestamp"),
    ATTRIBUTES("attributes"),
    LEADER_EPOCH("leader_epoch"),
    PRODUCER_ID("producer_id"),
    PRODUCER_EPOCH("producer_epoch"),
    SEQUENCE("sequence"),
    ABORTED("aborted"),
    KEY("key"),
    HEADER_KEY("headers.list.element.key"),
    HEADER_VALUE("headers.list.element.value"),
    VALUE("value");

    private final String path;

    Column(String path) {
        this.path = path;
    }

    /** The names from the root of the schema to the column, joined by dots. */
    public String path() {
        return path;
    }

    /** The same, one by one. */
    public List<String> names() {
        return List.of(path.split("\\.", -1));
    }

    /** The column of a path; empty for one that is not known. */
    public static Optional<Column> of(List<String> names) {
        String path = String.join(".", names);
        for (Column column : values()) {
            if (column.path.equals(path)) {
                return Optional.of(column);
            }
        }
        return Optional.empty();
    }
}
