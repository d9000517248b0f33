package io.cordwood.iceberg;

import io.cordwood.iceberg.table.BucketUri;
import io.cordwood.manifest.event.TableVersion;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.EventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which tables there are, as the manifest says. Any thread may ask. */
public final class TableCatalog {

    /** Far more than a table with one snapshot needs. */
    private static final int METADATA_SIZE_MAX_BYTES = 1 << 20;

    private final Follower follower;
    private final EventLoop loop;
    private final ObjectStore bucket;
    private final BucketUri uri;

    /**
     * A catalog of the tables in a bucket.
     *
     * @param loop of the follower
     * @param uri where clients find the bucket
     */
    public TableCatalog(Follower follower, EventLoop loop, ObjectStore bucket, BucketUri uri) {
        this.follower = follower;
        this.loop = loop;
        this.bucket = bucket;
        this.uri = uri;
    }

    /** The topics that are tables, by name. */
    public List<TopicName> names() {
        List<TopicName> names = new ArrayList<>();
        for (TopicState topic : follower.state().topics()) {
            if (topic.table().isPresent()) {
                names.add(topic.name());
            }
        }
        return names;
    }

    /** Whether a topic is a table. */
    public boolean contains(TopicName name) {
        return current(name).isPresent();
    }

    /**
     * The table that a topic is; empty if it is none.
     *
     * @return fails when the bucket cannot be asked, or the metadata is not there
     */
    public Future<Optional<LoadedTable>> load(TopicName name) {
        return current(name).map(table -> load(name, table))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
    }

    private Future<Optional<LoadedTable>> load(TopicName name, Current table) {
        ObjectKey key = BucketLayout.tableMetadata(table.topic(), table.version().id());
        return bucket.read(key, METADATA_SIZE_MAX_BYTES).compose(found -> found
                .map(bytes -> Future.succeededFuture(Optional.of(loaded(key, bytes))))
                .orElseGet(() -> reload(name, table, key)));
    }

    private LoadedTable loaded(ObjectKey key, ByteBuffer metadata) {
        return new LoadedTable(uri.of(key), metadata);
    }

    /** What is gone was replaced, which this node will see when it looks. */
    private Future<Optional<LoadedTable>> reload(TopicName name, Current before, ObjectKey key) {
        return loop.submit(follower::catchUp).compose(state -> {
            if (current(name).equals(Optional.of(before))) {
                return Future.failedFuture(new CorruptException("the table of topic " + name
                        + " has lost " + key + ": it is whole again with its next version"));
            }
            return load(name);
        });
    }

    private Optional<Current> current(TopicName name) {
        return follower.state().topic(name).flatMap(
                topic -> topic.table().map(version -> new Current(topic.id(), version)));
    }

    private record Current(UUID topic, TableVersion version) {}
}
