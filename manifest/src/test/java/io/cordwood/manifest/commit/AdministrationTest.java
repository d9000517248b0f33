package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.ConfigChange;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.ConfigsChanged;
import io.cordwood.manifest.event.ManifestEvent.PartitionsAdded;
import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What administrators may change, and when. */
class AdministrationTest {

    private static final UUID TOPIC = new UUID(1, 1);
    private static final TopicName NAME = new TopicName("orders");
    private static final PartitionId PARTITION = new PartitionId(TOPIC, 0);
    private static final ConfigScope OF_TOPIC = new ConfigScope.Topic(TOPIC);
    private static final Configs BEFORE = Configs.of(Map.of("a", "1", "b", "2"));

    private final EntryChain chain = EntryChain.elected();

    AdministrationTest() {
        chain.append(new TopicCreated(TOPIC, NAME, 2, BEFORE),
                new SegmentCommitted(new UUID(2, 2), 1,
                        new SegmentPlace.Stored(new UUID(3, 3), new ByteRange(500, 50)),
                        List.of(CommittedRun.of(PARTITION, 32, 100, 10, 5))));
    }

    @Test
    void onlyWhatChangesIsWritten() {
        Configs after = Configs.of(Map.of("b", "3", "c", "4"));

        assertThat(event(new ChangeConfigs(OF_TOPIC, BEFORE, after))).isEqualTo(
                new ConfigsChanged(OF_TOPIC, new ConfigChange(after, new TreeSet<>(List.of("a")))));
    }

    @Test
    void settingsThatChangedMeanwhileAreLookedAtAnew() {
        chain.append(new ConfigsChanged(OF_TOPIC,
                new ConfigChange(Configs.of(Map.of("a", "9")), new TreeSet<>())));

        assertThat(new ChangeConfigs(OF_TOPIC, BEFORE, Configs.NONE).decide(chain.state(), 0))
                .isEqualTo(new Decision.Settled<>(false));
    }

    @Test
    void whatChangesNothingIsNotWritten() {
        assertThat(new ChangeConfigs(OF_TOPIC, BEFORE, BEFORE).decide(chain.state(), 0))
                .isEqualTo(new Decision.Settled<>(true));
        assertThat(new DeleteRecords(PARTITION, OptionalLong.of(0)).decide(chain.state(), 0))
                .isEqualTo(new Decision.Settled<>(0L));
    }

    @Test
    void aTopicThatIsGoneHasNoSettings() {
        assertRefused(new ChangeConfigs(new ConfigScope.Topic(new UUID(9, 9)), Configs.NONE,
                BEFORE), Reason.UNKNOWN_TOPIC);
    }

    @Test
    void theSettingsOfSoManyGroupsAreKept() {
        for (int i = 0; i < ChangeConfigs.GROUPS_MAX; i++) {
            chain.append(new ConfigsChanged(new ConfigScope.Group("group-" + i),
                    new ConfigChange(BEFORE, new TreeSet<>())));
        }

        assertRefused(new ChangeConfigs(new ConfigScope.Group("more"), Configs.NONE, BEFORE),
                Reason.INVALID_CONFIG);
        assertThat(new ChangeConfigs(new ConfigScope.Group("group-7"), BEFORE, Configs.NONE)
                .decide(chain.state(), 0)).isInstanceOf(Decision.Accepted.class);
    }

    @Test
    void settingsAreBounded() {
        TreeMap<String, String> many = new TreeMap<>();
        for (int i = 0; i <= Configs.COUNT_MAX; i++) {
            many.put("name-" + i, "");
        }

        assertThatThrownBy(() -> new Configs(many)).isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> Configs.of(Map.of("a", "x".repeat(Configs.SIZE_MAX))))
                .isInstanceOf(RejectedException.class);
        assertThatThrownBy(() -> Configs.of(Map.of("", "nameless")))
                .isInstanceOf(RejectedException.class);
    }

    @Test
    void aTopicGrowsAndDoesNotShrink() {
        assertThat(event(new AddPartitions(NAME, 5))).isEqualTo(new PartitionsAdded(TOPIC, 5));
        for (int partitions : new int[]{-1, 0, 1, 2, TopicCreated.PARTITIONS_MAX + 1}) {
            assertRefused(new AddPartitions(NAME, partitions), Reason.INVALID_PARTITIONS);
        }
        assertRefused(new AddPartitions(new TopicName("none"), 5), Reason.UNKNOWN_TOPIC);
    }

    @Test
    void recordsAreDeletedUpToTheEndAndNotBeyond() {
        assertThat(event(new DeleteRecords(PARTITION, OptionalLong.of(10))))
                .isEqualTo(new RecordsDeleted(PARTITION, 10));
        assertThat(event(new DeleteRecords(PARTITION, OptionalLong.empty())))
                .isEqualTo(new RecordsDeleted(PARTITION, 10));
        assertRefused(new DeleteRecords(PARTITION, OptionalLong.of(11)),
                Reason.OFFSET_OUT_OF_RANGE);
        assertRefused(new DeleteRecords(PARTITION, OptionalLong.of(-2)),
                Reason.OFFSET_OUT_OF_RANGE);
        assertRefused(new DeleteRecords(new PartitionId(TOPIC, 2), OptionalLong.of(0)),
                Reason.UNKNOWN_PARTITION);
    }

    @Test
    void whatIsDeletedDoesNotComeBack() {
        chain.append(new RecordsDeleted(PARTITION, 7));

        assertThat(new DeleteRecords(PARTITION, OptionalLong.of(3)).decide(chain.state(), 0))
                .isEqualTo(new Decision.Settled<>(7L));
    }

    @Test
    void noProposalAddsMoreToItsEntryThanItSays() {
        Configs large = Configs.of(Map.of("€".repeat(100), "€".repeat(Configs.SIZE_MAX - 100)));
        TreeMap<String, String> small = new TreeMap<>();
        for (int i = 0; i < Configs.COUNT_MAX; i++) {
            small.put("€" + i, "€");
        }
        Configs many = new Configs(small);
        ConfigScope longest = new ConfigScope.Group("€".repeat(
                ConfigScope.Group.NAME_LENGTH_MAX));

        assertWithinBound(new ChangeConfigs(longest, Configs.NONE, large));
        assertWithinBound(new ChangeConfigs(longest, Configs.NONE, many));
        chain.append(new ConfigsChanged(longest, new ConfigChange(many, new TreeSet<>())));
        assertWithinBound(new ChangeConfigs(longest, many, large));
        assertWithinBound(new ChangeConfigs(longest, many, Configs.NONE));
        assertWithinBound(new CreateTopic(TOPIC, new TopicName("n".repeat(249)), 10_000, large));
        assertWithinBound(new CreateTopic(TOPIC, new TopicName("n".repeat(249)), 10_000, many));
        assertWithinBound(new DeleteRecords(PARTITION, OptionalLong.of(10)));
    }

    private void assertWithinBound(Proposal<?> proposal) {
        assertThat(size(List.of(event(proposal))) - size(List.of()))
                .isLessThanOrEqualTo(proposal.entrySizeMax(chain.state()));
    }

    private static int size(List<ManifestEvent> events) {
        ManifestEntry.Head head = new ManifestEntry.Head(1, TOPIC, TOPIC, 1, TOPIC);
        return EntryCodec.encode(new ManifestEntry(head, Instant.EPOCH, events), List.of())
                .bytes().size();
    }

    private ManifestEvent event(Proposal<?> proposal) {
        if (!(proposal.decide(chain.state(), 0) instanceof Decision.Accepted<?> accepted)) {
            throw new AssertionError("not accepted: " + proposal);
        }
        return accepted.event();
    }

    private void assertRefused(Proposal<?> proposal, Reason reason) {
        assertThat(proposal.decide(chain.state(), 0)).isInstanceOfSatisfying(
                Decision.Refused.class,
                refused -> assertThat(((RejectedException) refused.reason()).reason())
                        .isEqualTo(reason));
    }
}
