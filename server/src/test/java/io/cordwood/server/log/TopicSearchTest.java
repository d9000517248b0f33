package io.cordwood.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicSearchTest {

    private static final TopicName ORDERS = new TopicName("orders");
    private static final Duration ROUND_TRIP = Duration.ofMillis(50);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final ManifestFixture other = ManifestFixture.elected(bucket, loop, 1);
    private final ManifestFixture here = ManifestFixture.open(
            new LaggingObjectStore(bucket, loop, operation -> ROUND_TRIP), loop, 2);
    private final TopicSearch search = new TopicSearch(loop, here.follower());
    private final List<String> done = new ArrayList<>();

    @Test
    void whatIsMadeElsewhereIsThere() {
        here.catchUp();
        other.createTopic("orders", 1);

        assertThat(loop.await(search("first"))).isEqualTo(1);
    }

    @Test
    void whatIsNowhereIsRefused() {
        Future<Integer> nothing = search("first");
        loop.advance(ROUND_TRIP.multipliedBy(10));

        assertThat(nothing.cause()).isInstanceOf(RejectedException.class)
                .hasMessageContaining("there is no topic orders");
    }

    /** Else records that are sent one after the other would change their places. */
    @Test
    void whatIsAskedForWhileTheLogIsAskedWaitsBehind() {
        here.catchUp();
        other.createTopic("orders", 1);
        Future<Integer> first = search("first");
        long last = other.state().sequence();
        here.follower().pushed(EntryCodec.decode(last, loop.await(
                bucket.read(BucketLayout.logEntry(last), EntryCodec.SIZE_MAX)).orElseThrow()));

        assertThat(here.state().topic(ORDERS)).as("told by the committer").isPresent();
        Future<Integer> second = search("second");
        assertThat(done).isEmpty();
        loop.await(Future.all(first, second).mapEmpty());

        assertThat(done).containsExactly("first", "second");
        assertThat(search("third").isComplete()).as("nobody waits any more").isTrue();
    }

    private Future<Integer> search(String what) {
        return search.find(ORDERS, topic -> {
            done.add(what);
            return Future.succeededFuture(topic.partitionCount());
        });
    }
}
