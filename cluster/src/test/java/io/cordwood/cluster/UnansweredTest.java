package io.cordwood.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.commit.Candidate;
import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.commit.ReserveProducerIds;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UnansweredTest {

    private static final Duration LAG = Duration.ofSeconds(1);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final Random chance = new Random(1);
    private int free;

    /** The bucket answers at once, so the committer learns it in the midst of being given to. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsGivenToOneThatFindsAnotherElectedWaitsForThat() {
        Unanswered unanswered = new Unanswered(id());
        Committer before = elected(bucket);
        Committer after = elected(bucket);
        List<Future<Long>> answers = List.of(unanswered.add(new ReserveProducerIds(1)),
                unanswered.add(new ReserveProducerIds(1)),
                unanswered.add(new ReserveProducerIds(1)));

        unanswered.giveTo(before, () -> free++);
        assertThat(before.deposed().isComplete()).isTrue();
        loop.advance(Duration.ofSeconds(1));
        assertThat(free).isPositive();
        assertThat(answers).noneMatch(Future::isComplete);

        unanswered.giveTo(after, () -> free++);
        loop.advance(Duration.ofSeconds(1));
        assertThat(answers).extracting(Future::result).containsExactly(0L, 1L, 2L);
    }

    /** It is in the log already, but whoever wrote it does not know when the next is elected. */
    @Test
    void whatWaitsForThoseOfAnEarlierTermGoesWhenTheyAreAnswered() {
        Unanswered unanswered = new Unanswered(id());
        Committer before = elected(new LaggingObjectStore(bucket, loop, operation -> LAG));
        Future<Long> first = unanswered.add(new ReserveProducerIds(1));
        unanswered.giveTo(before, () -> free++);
        loop.advance(LAG.dividedBy(2));
        Committer after = elected(bucket);
        Future<Long> second = unanswered.add(new ReserveProducerIds(1));

        unanswered.giveTo(after, () -> free++);
        assertThat(List.of(first, second)).noneMatch(Future::isComplete);
        loop.advance(LAG);
        assertThat(first.result()).isZero();
        assertThat(free).isEqualTo(1);

        unanswered.giveTo(after, () -> free++);
        loop.advance(LAG);
        assertThat(second.result()).isEqualTo(1);
    }

    private Committer elected(ObjectStore store) {
        ManifestLog log = new ManifestLog(store, loop, Backoff.standard(chance));
        Committer committer = new Committer(new Follower(log, ManifestState.EMPTY, loop), log, loop,
                new Candidate(id(), "a:1"), this::id);
        loop.await(committer.elect());
        return committer;
    }

    private UUID id() {
        return new UUID(chance.nextLong(), chance.nextLong());
    }
}
