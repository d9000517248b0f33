package io.cordwood.iceberg.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordwood.manifest.event.TableVersion;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.object.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestWriter;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/**
 * Writes the metadata of tables, into memory. Each version is written whole, with one snapshot, and
 * nothing of the version before is read: what has to go on from version to version is the topic's
 * id, which is the table's, and the number, which is the snapshot's sequence number.
 *
 * <p>Takes time, so it is work for a worker. Iceberg dates what it writes by the machine's clock.
 *
 * @param filesPerManifest how many files a manifest lists at most
 * @see <a href="https://iceberg.apache.org/spec/">Iceberg: table spec, version 2</a>
 */
public record TableWriter(BucketUri bucket, int filesPerManifest) {

    /** About a MiB for a manifest. */
    private static final int FILES_PER_MANIFEST = 5_000;

    private static final int FORMAT = 2;

    public TableWriter {
        if (filesPerManifest < 1) {
            throw new IllegalArgumentException("a manifest lists files: " + filesPerManifest);
        }
    }

    /** One for tables in that bucket. */
    public TableWriter(BucketUri bucket) {
        this(bucket, FILES_PER_MANIFEST);
    }

    /**
     * Writes a version of a table.
     *
     * @param sequence the manifest's entry up to which it is true: noted in the snapshot
     * @param number of the version
     * @param id for the pieces; the snapshot's is made of it
     * @throws IllegalArgumentException when there are more files than a table may list
     */
    public WrittenTable write(TableContents contents, long sequence, long number, UUID id) {
        List<ListedFile> files = contents.files();
        TableVersion version = new TableVersion(id, number,
                Math.ceilDiv(files.size(), filesPerManifest), contents.digest(bucket));
        Pieces pieces = new Pieces(bucket, contents.topic(), id, new MemoryFiles());
        OneSnapshot table = new OneSnapshot(withoutSnapshot(contents, number - 1), pieces.files(),
                pieces.location(DataObject.Table.MANIFEST_LIST), snapshotId(id));
        AppendFiles append = new BaseTable(table, contents.name(), report -> {}).newFastAppend()
                .set("cordwood.manifest.sequence", Long.toString(sequence));
        for (int i = 0; i < version.manifests(); i++) {
            int from = i * filesPerManifest;
            append.appendManifest(manifest(pieces, i,
                    files.subList(from, Math.min(files.size(), from + filesPerManifest))));
        }
        append.commit();
        return new WrittenTable(contents.topic(), version,
                pieces.all(version, TableMetadataParser.toJson(table.current())));
    }

    private ManifestFile manifest(Pieces pieces, int number, List<ListedFile> files) {
        ManifestWriter<DataFile> writer = ManifestFiles.write(FORMAT, TableSchema.PARTITIONING,
                pieces.files().newOutputFile(
                        pieces.location(DataObject.Table.MANIFESTS + number)),
                null);
        try (writer) {
            files.forEach(listed -> writer.add(DataFileEntry.of(listed, bucket)));
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory can be written", impossible);
        }
        return writer.toManifestFile();
    }

    /** The table before it has a snapshot of that sequence number. */
    private TableMetadata withoutSnapshot(TableContents contents, long sequenceBefore) {
        Map<String, String> properties = new HashMap<>(
                Map.of("cordwood.topic", contents.name(), "gc.enabled", "false"));
        TableMetadata empty = TableMetadata.buildFromEmpty(FORMAT)
                .assignUUID(contents.topic().toString())
                .setLocation(bucket.of(BucketLayout.historyOf(contents.topic())))
                .setCurrentSchema(TableSchema.COLUMNS, TableSchema.LAST_ID)
                .setDefaultPartitionSpec(TableSchema.PARTITIONING)
                .setDefaultSortOrder(TableSchema.ORDER)
                .setProperties(properties)
                .build();
        return after(sequenceBefore, TableMetadataParser.toJson(empty));
    }

    /** Iceberg's builder of metadata has no method for this. */
    private static TableMetadata after(long sequence, String metadata) {
        try {
            ObjectNode node = (ObjectNode) new ObjectMapper().readTree(metadata);
            return TableMetadataParser
                    .fromJson(node.put("last-sequence-number", sequence).toString());
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("Iceberg writes JSON", impossible);
        }
    }

    /** Positive, as Iceberg wants it. */
    private static long snapshotId(UUID id) {
        return (id.getMostSignificantBits() ^ id.getLeastSignificantBits()) & Long.MAX_VALUE;
    }

    /** The pieces of a version, and where they are to be. */
    private record Pieces(BucketUri bucket, UUID topic, UUID id, MemoryFiles files) {

        String location(int piece) {
            return bucket.of(new DataObject.Table(topic, id, piece).key());
        }

        Map<DataObject, Bytes> all(TableVersion version, String metadata) {
            Map<DataObject, Bytes> all = new HashMap<>();
            for (DataObject object : version.objects(topic)) {
                DataObject.Table piece = (DataObject.Table) object;
                all.put(piece, piece.piece() == DataObject.Table.METADATA
                        ? Bytes.wrap(metadata.getBytes(StandardCharsets.UTF_8))
                        : files.bytes(location(piece.piece())));
            }
            return all;
        }
    }
}
