package io.cordwood.iceberg.table;

import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.manifest.state.TopicState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What the table of a topic has to list: all its history files that hold records, by partition and
 * offset.
 *
 * <p>Pure: the same state gives the same contents. A file of which records were deleted is listed
 * with all of its rows until it is written anew without them; retention deletes whole files.
 */
public record TableContents(UUID topic, String name, List<ListedFile> files) {

    /** How files are listed. Tables that list them otherwise are written anew. */
    private static final String FORM = "cordwood-table-1";

    public TableContents {
        files = List.copyOf(files);
    }

    /** What there is of a topic's history now. */
    public static TableContents of(TopicState topic) {
        List<ListedFile> files = new ArrayList<>();
        for (int i = 0; i < topic.partitionCount(); i++) {
            add(files, i, topic.partition(i));
        }
        return new TableContents(topic.id(), topic.name().value(), files);
    }

    private static void add(List<ListedFile> files, int number, PartitionState partition) {
        for (Run run : partition.runs()) {
            switch (run.home()) {
                case HistoryRef history when !run.isEmpty() -> files.add(
                        new ListedFile(number, history.file(), run));
                case HistoryRef ofNothing -> {
                }
                case SegmentRef segment -> {
                }
            }
        }
    }

    /** A digest of what is listed, and of where: differs if anything does. */
    public long digest(BucketUri bucket) {
        MessageDigest digest = sha256();
        digest.update((FORM + bucket.value()).getBytes(StandardCharsets.UTF_8));
        ByteBuffer id = ByteBuffer.allocate(2 * Long.BYTES);
        for (ListedFile listed : files) {
            id.clear().putLong(listed.file().id().getMostSignificantBits())
                    .putLong(listed.file().id().getLeastSignificantBits()).flip();
            digest.update(id);
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every Java platform has SHA-256", missing);
        }
    }
}
