package io.cordwood.server.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.log.Boundary;
import io.cordwood.manifest.state.Apply;
import io.cordwood.manifest.state.CheckpointCodec;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.segment.SegmentIndex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads a bucket and describes what it finds. Waits for each answer: for a command, not for a
 * server.
 */
final class BucketReader {

    private static final int CLUSTER_SIZE_MAX = 4 << 10;
    private static final int SEGMENT_SIZE_MAX = 1 << 30;

    private final ObjectStore store;

    BucketReader(ObjectStore store) {
        this.store = store;
    }

    /** The cluster, how far the log goes, and the topics at its end. */
    JsonNode overview() {
        ObjectNode overview = JsonNodeFactory.instance.objectNode();
        overview.put("cluster", text(read(BucketLayout.CLUSTER, CLUSTER_SIZE_MAX)));
        List<Long> checkpoints = checkpoints();
        ArrayNode numbers = overview.putArray("checkpoints");
        checkpoints.forEach(numbers::add);
        overview.put("boundary", new Boundary(store).read().await());
        ManifestState state = checkpoints.isEmpty()
                ? ManifestState.EMPTY
                : load(checkpoints.getLast());
        Optional<StoredEntry> next = find(state.sequence() + 1);
        while (next.isPresent()) {
            state = Apply.apply(state, next.get());
            next = find(state.sequence() + 1);
        }
        overview.setAll(Descriptions.state(state));
        return overview;
    }

    /** Entries from a number on, up to the end of the log. */
    JsonNode entries(long from, int count) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        Optional<StoredEntry> entry = find(from);
        while (entry.isPresent() && entries.size() < count) {
            entries.add(Descriptions.summary(entry.get()));
            entry = find(from + entries.size());
        }
        return entries;
    }

    JsonNode entry(long sequence) {
        return Descriptions.entry(find(sequence).orElseThrow(() -> new MissingObjectException(
                "there is no entry " + sequence)));
    }

    JsonNode newestCheckpoint() {
        List<Long> checkpoints = checkpoints();
        if (checkpoints.isEmpty()) {
            throw new MissingObjectException("there is no checkpoint yet");
        }
        return checkpoint(checkpoints.getLast());
    }

    JsonNode checkpoint(long sequence) {
        return Descriptions.state(load(sequence));
    }

    /** A segment, every checksum of which holds. */
    JsonNode segment(UUID id) {
        ByteBuffer bytes = read(BucketLayout.segment(id), SEGMENT_SIZE_MAX);
        return Descriptions.segment(id, bytes.remaining(), SegmentIndex.verify(bytes));
    }

    private List<Long> checkpoints() {
        List<Long> sequences = new ArrayList<>();
        Listing listing = Listing.of(BucketLayout.CHECKPOINT_PREFIX);
        ObjectPage page = store.list(listing).await();
        while (true) {
            page.objects().forEach(entry -> sequences.add(BucketLayout.sequence(entry.key())));
            if (page.last()) {
                return sequences;
            }
            page = store.list(listing.after(page.objects().getLast().key())).await();
        }
    }

    private ManifestState load(long sequence) {
        return CheckpointCodec.decode(sequence,
                read(BucketLayout.checkpoint(sequence), CheckpointCodec.SIZE_MAX));
    }

    private Optional<StoredEntry> find(long sequence) {
        return store.read(BucketLayout.logEntry(sequence), EntryCodec.SIZE_MAX).await()
                .map(bytes -> EntryCodec.decode(sequence, bytes));
    }

    private ByteBuffer read(ObjectKey key, int sizeMax) {
        return store.read(key, sizeMax).await().orElseThrow(() -> new MissingObjectException(
                "there is no object " + key + " in this bucket"));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString().strip()
                .replace('\n', ',');
    }
}
