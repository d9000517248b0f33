package io.cordwood.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.ManifestEvent.NodeLeft;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.NodeForge;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who does what behind the data path. */
class IndexerDutiesTest {

    private static final int NODES = 3;
    private static final int TOPICS = 30;

    private final EntryChain chain = EntryChain.elected();

    @Test
    void whereNobodyServesTheCommitterDoesEverything() {
        assertThat(duties(1, true).any()).isTrue();
        assertThat(duties(1, true).all()).isTrue();
        assertThat(topicsOf(1)).hasSize(TOPICS);
        assertThat(duties(1, false).any()).isFalse();
        assertThat(duties(1, false).all()).isFalse();
    }

    @Test
    void eachTopicFallsToOneNodeAndAllHaveSome() {
        IntStream.rangeClosed(1, NODES).forEach(this::join);

        List<Integer> all = IntStream.rangeClosed(1, NODES)
                .flatMap(node -> topicsOf(node).stream().mapToInt(topic -> topic)).sorted().boxed()
                .toList();
        assertThat(all).isEqualTo(IntStream.range(0, TOPICS).boxed().toList());
        assertThat(IntStream.rangeClosed(1, NODES)).allSatisfy(
                node -> assertThat(topicsOf(node)).isNotEmpty());
    }

    @Test
    void whatConcernsTheWholeLogFallsToOneNode() {
        IntStream.rangeClosed(1, NODES).forEach(this::join);

        assertThat(IntStream.rangeClosed(1, NODES).filter(node -> duties(node, false).all()))
                .hasSize(1);
    }

    @Test
    void whoDoesNotHaveTheRoleDoesNothingEvenIfItCommits() {
        join(1);
        Member plain = NodeForge.node("plain", process(2));
        chain.append(new NodeJoined(new Member(plain.name(), plain.process(), plain.addresses(),
                plain.zone(), Set.of(NodeRole.INGEST))));

        assertThat(duties(2, true).any()).isFalse();
        assertThat(duties(2, true).all()).isFalse();
        assertThat(duties(1, false).all()).isTrue();
    }

    @Test
    void whatWasDoneByOneThatIsGoneFallsToOthers() {
        IntStream.rangeClosed(1, NODES).forEach(this::join);
        List<Integer> before = topicsOf(1);
        chain.append(new NodeLeft(process(2)));

        assertThat(topicsOf(1)).containsAll(before).hasSizeGreaterThan(before.size());
        assertThat(duties(2, false).any()).isFalse();
    }

    private void join(int node) {
        chain.append(new NodeJoined(NodeForge.node("node-" + node, process(node))));
    }

    private static UUID process(int node) {
        return new UUID(0, node);
    }

    private List<Integer> topicsOf(int node) {
        return IntStream.range(0, TOPICS)
                .filter(topic -> duties(node, false).topics().test(new UUID(topic, topic)))
                .boxed().toList();
    }

    private IndexerDuties duties(int node, boolean committing) {
        ManualEventLoop loop = new ManualEventLoop();
        Follower follower = new Follower(new ManifestLog(new MemoryObjectStore(loop::now), loop,
                Backoff.standard(new Random(1))), chain.state(), loop);
        return new IndexerDuties(follower, process(node), () -> committing);
    }
}
