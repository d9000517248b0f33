package io.cordwood.iceberg.table;

import io.cordwood.manifest.event.TableVersion;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.object.Bytes;
import java.util.Map;
import java.util.UUID;

/**
 * A version of a topic's table, and all that has to be in the bucket before it is the table.
 *
 * @param pieces what tells the rest is among them
 */
public record WrittenTable(UUID topic, TableVersion version, Map<DataObject, Bytes> pieces) {

    public WrittenTable {
        pieces = Map.copyOf(pieces);
    }

    /** How many bytes all pieces have. */
    public long sizeBytes() {
        return pieces.values().stream().mapToLong(Bytes::size).sum();
    }
}
