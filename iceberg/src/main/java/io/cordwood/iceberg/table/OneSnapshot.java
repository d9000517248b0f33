package io.cordwood.iceberg.table;

import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/**
 * A table of which one snapshot is made, in memory. Of what Iceberg writes itself, that is the list
 * of the snapshot's manifests.
 */
final class OneSnapshot implements TableOperations {

    private final FileIO files;
    private final String manifestList;
    private final long snapshotId;
    private TableMetadata current;

    /**
     * A table without a snapshot.
     *
     * @param manifestList the address that the list of manifests is to have
     * @param snapshotId of the snapshot that will be made
     */
    OneSnapshot(TableMetadata empty, FileIO files, String manifestList, long snapshotId) {
        this.current = empty;
        this.files = files;
        this.manifestList = manifestList;
        this.snapshotId = snapshotId;
    }

    @Override
    public TableMetadata current() {
        return current;
    }

    @Override
    public TableMetadata refresh() {
        return current;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata next) {
        current = next;
    }

    @Override
    public FileIO io() {
        return files;
    }

    @Override
    public String metadataFileLocation(String name) {
        return manifestList;
    }

    @Override
    public LocationProvider locationProvider() {
        return LocationProviders.locationsFor(current.location(), current.properties());
    }

    @Override
    public long newSnapshotId() {
        return snapshotId;
    }
}
