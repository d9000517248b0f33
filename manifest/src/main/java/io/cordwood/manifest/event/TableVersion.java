package io.cordwood.manifest.event;

import io.cordwood.store.layout.DataObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The metadata of a topic's table, as it was written at a time.
 *
 * @param id under which its pieces were written
 * @param number counts the versions of the table, from 1
 * @param manifests how many manifests it has
 * @param contents a digest of which files it lists
 */
public record TableVersion(UUID id, long number, int manifests, long contents) {

    /** The most manifests a table may have. */
    public static final int MANIFESTS_MAX = 100;

    public TableVersion {
        if (number < 1 || manifests < 0 || manifests > MANIFESTS_MAX) {
            throw new IllegalArgumentException("a table has versions from 1 on and up to "
                    + MANIFESTS_MAX + " manifests: version " + number + ", " + manifests);
        }
    }

    /** All that was written for it. */
    public List<DataObject> objects(UUID topic) {
        List<DataObject> objects = new ArrayList<>();
        for (int i = 0; i < DataObject.Table.MANIFESTS + manifests; i++) {
            objects.add(new DataObject.Table(topic, id, i));
        }
        return objects;
    }
}
