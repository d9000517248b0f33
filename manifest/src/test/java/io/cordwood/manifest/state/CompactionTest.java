package io.cordwood.manifest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.commit.CompactPartition;
import io.cordwood.manifest.commit.Decision;
import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.event.ManifestEvent.PartitionCompacted;
import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How far partitions are compacted, and how long tombstones are kept. */
class CompactionTest {

    private static final PartitionId ORDERS = new PartitionId(new UUID(1, 1), 0);
    private static final long KEPT_MILLIS = 100;

    private final EntryChain chain = EntryChain.elected();

    CompactionTest() {
        chain.append(new TopicCreated(ORDERS.topic(), new TopicName("orders"), 1),
                new SegmentCommitted(new UUID(2, 2), 1,
                        new SegmentPlace.Stored(new UUID(3, 3), new ByteRange(90, 9)),
                        List.of(CommittedRun.of(ORDERS, 0, 100, 10, 1))));
    }

    @Test
    void nothingIsCompactedAtFirst() {
        assertThat(partition().compaction()).isEqualTo(Compaction.NONE);
    }

    @Test
    void itGoesOnAndNeverBack() {
        compact(compaction(4));
        compact(compaction(10));

        assertThat(partition().compaction().endOffset()).isEqualTo(10);
        assertThatThrownBy(() -> compact(compaction(9))).isInstanceOf(AssertionError.class);
    }

    @Test
    void whatIsNotThereIsNotCompacted() {
        assertThat(decide(Compaction.NONE, compaction(11))).isInstanceOf(Decision.Refused.class);
        assertThatThrownBy(() -> compact(compaction(11))).isInstanceOf(AssertionError.class);
    }

    @Test
    void whoFindsItOtherwiseThanHeThoughtIsRefused() {
        assertThat(decide(Compaction.NONE, compaction(5))).isInstanceOf(Decision.Accepted.class);

        compact(compaction(4));

        assertThat(decide(Compaction.NONE, compaction(5))).isInstanceOf(Decision.Refused.class);
        assertThat(decide(compaction(4), compaction(5))).isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void itOutlivesWhatIsDeleted() {
        compact(compaction(4));

        chain.append(new RecordsDeleted(ORDERS, 10));

        assertThat(partition().compaction()).isEqualTo(compaction(4));
    }

    @Test
    void tombstonesAreKeptFromWhenNothingIsOlderThanTheyAre() {
        Compaction first = Compaction.NONE.goOn(4, 4, 1_000, true);

        assertThat(first.tombstones().endOffset()).isEqualTo(4);
        assertThat(first.tombstones().areOver(1_099, KEPT_MILLIS)).isFalse();
        assertThat(first.tombstones().areOver(1_100, KEPT_MILLIS)).isTrue();
    }

    @Test
    void tombstonesThatCameSinceAreCountedWhenTheOthersAreGone() {
        Compaction second = Compaction.NONE.goOn(4, 4, 1_000, true).goOn(8, 8, 1_050, false);
        assertThat(second.tombstones()).isEqualTo(new Compaction.Tombstones(4, 1_000));

        Compaction third = second.goOn(9, 9, 1_110, true);
        assertThat(third.tombstones()).isEqualTo(new Compaction.Tombstones(9, 1_110));
    }

    @Test
    void tombstonesAfterARunThatMayHoldAnythingAreNotKnown() {
        assertThat(Compaction.NONE.goOn(8, 3, 1_000, true).tombstones().endOffset()).isEqualTo(3);
        assertThat(Compaction.NONE.goOn(8, 8, 1_000, true).goOn(9, 3, 1_050, false).tombstones()
                .endOffset()).isEqualTo(3);
    }

    private static Compaction compaction(long endOffset) {
        return Compaction.NONE.goOn(endOffset, endOffset, 1, true);
    }

    private Decision<Compaction> decide(Compaction before, Compaction after) {
        return new CompactPartition(ORDERS, before, after).decide(chain.state(), 0);
    }

    private void compact(Compaction to) {
        chain.append(new PartitionCompacted(ORDERS, to));
    }

    private PartitionState partition() {
        return chain.state().partition(ORDERS).orElseThrow();
    }
}
