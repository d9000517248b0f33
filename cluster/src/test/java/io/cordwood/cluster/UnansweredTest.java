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
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class UnansweredTest {

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final Random chance = new Random(1);
    private int returned;

    /** The bucket answers at once, so the committer learns it in the midst of being given to. */
    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatIsGivenToOneThatFindsAnotherElectedWaitsForThat() {
        Unanswered unanswered = new Unanswered(id());
        Committer before = elected();
        Committer after = elected();
        List<Future<Long>> answers = List.of(unanswered.add(new ReserveProducerIds(1)),
                unanswered.add(new ReserveProducerIds(1)),
                unanswered.add(new ReserveProducerIds(1)));

        unanswered.giveTo(before, () -> returned++);
        assertThat(before.deposed().isComplete()).isTrue();
        loop.advance(Duration.ofSeconds(1));
        assertThat(returned).isPositive();
        assertThat(answers).noneMatch(Future::isComplete);

        unanswered.giveTo(after, () -> returned++);
        loop.advance(Duration.ofSeconds(1));
        assertThat(answers).extracting(Future::result).containsExactly(0L, 1L, 2L);
    }

    private Committer elected() {
        ManifestLog log = new ManifestLog(bucket, loop, Backoff.standard(chance));
        Committer committer = new Committer(new Follower(log, ManifestState.EMPTY, loop), log, loop,
                new Candidate(id(), "a:1"), this::id);
        loop.await(committer.elect());
        return committer;
    }

    private UUID id() {
        return new UUID(chance.nextLong(), chance.nextLong());
    }
}
