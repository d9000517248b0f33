package io.cordwood.kafka.configs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.ConfigChange;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.ManifestEvent.ConfigsChanged;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.EntryChain;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.junit.jupiter.api.Test;

/** What becomes of settings that are edited. */
class ConfigEditsTest {

    private static final Resource TOPIC = Resource.topic(new UUID(1, 1));
    private static final Resource BROKERS = new Resource(new ConfigScope.AllBrokers(),
            Schemas.BROKERS, ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG);

    private final EntryChain chain = EntryChain.elected();

    ConfigEditsTest() {
        chain.append(new TopicCreated(new UUID(1, 1), new TopicName("orders"), 1,
                Configs.of(Map.of("retention.ms", "1000"))));
    }

    @Test
    void whatIsSetIsSetAndTheRestStays() {
        assertThat(edit(TOPIC, set("segment.bytes", "2000000"))).isEqualTo(Configs.of(
                Map.of("retention.ms", "1000", "segment.bytes", "2000000")));
        assertThat(edit(TOPIC, new ConfigEdit.Delete("retention.ms"))).isEqualTo(Configs.NONE);
        assertThat(edit(TOPIC, new ConfigEdit.Delete("segment.ms"))).isEqualTo(
                Configs.of(Map.of("retention.ms", "1000")));
    }

    @Test
    void aListGrowsAndShrinksFromWhatCounts() {
        assertThat(edit(TOPIC, new ConfigEdit.Append("cleanup.policy", "compact"))
                .value("cleanup.policy")).contains("delete,compact");
        brokers(Map.of("log.cleanup.policy", "compact"));

        assertThat(edit(TOPIC, new ConfigEdit.Append("cleanup.policy", "delete,compact"))
                .value("cleanup.policy")).contains("compact,delete");
        assertThat(edit(TOPIC, new ConfigEdit.Subtract("cleanup.policy", "compact"))
                .value("cleanup.policy")).contains("");
    }

    @Test
    void whatIsNoListDoesNotGrow() {
        assertThatThrownBy(() -> edit(TOPIC, new ConfigEdit.Append("retention.ms", "1")))
                .isInstanceOf(InvalidConfigurationException.class).hasMessageContaining("LIST");
    }

    @Test
    void aSettingIsEditedOnce() {
        assertThatThrownBy(() -> edit(TOPIC, set("retention.ms", "1"), set("retention.ms", "2")))
                .isInstanceOf(InvalidRequestException.class).hasMessageContaining("duplicate");
    }

    @Test
    void whatIsReplacedIsGone() {
        assertThat(new ConfigEdits(chain.state(), TOPIC)
                .replace(new TreeMap<>(Map.of("segment.ms", "5"))))
                .isEqualTo(Configs.of(Map.of("segment.ms", "5")));
    }

    @Test
    void aValueIsNotNullButWhereItIsDeleted() {
        assertThat(ConfigEdit.of(OpType.DELETE.id(), "a", null))
                .isEqualTo(new ConfigEdit.Delete("a"));
        for (OpType type : List.of(OpType.SET, OpType.APPEND, OpType.SUBTRACT)) {
            assertThatThrownBy(() -> ConfigEdit.of(type.id(), "a", null))
                    .isInstanceOf(InvalidRequestException.class);
        }
        assertThatThrownBy(() -> ConfigEdit.of((byte) 77, "a", "b"))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void ofBrokersOnlyWhatTheyHaveForTheirTopicsChanges() {
        assertThat(edit(BROKERS, set("message.max.bytes", "5000")))
                .isEqualTo(Configs.of(Map.of("message.max.bytes", "5000")));
        assertThatThrownBy(() -> edit(BROKERS, set("broker.id", "7")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("Cannot update these configs dynamically");
        assertThatThrownBy(() -> edit(BROKERS, set("compression.type", "gzip")))
                .isInstanceOf(InvalidConfigurationException.class);
    }

    @Test
    void theNearestOriginCounts() {
        assertThat(origins("max.message.bytes")).extracting(Origin::source)
                .containsExactly(ConfigSource.DEFAULT_CONFIG);
        brokers(Map.of("message.max.bytes", "5000"));
        chain.append(new ConfigsChanged(new ConfigScope.Broker(1), change(
                Map.of("message.max.bytes", "6000"))));
        chain.append(new ConfigsChanged(TOPIC.scope(), change(
                Map.of("max.message.bytes", " 7000"))));

        assertThat(origins("max.message.bytes")).containsExactly(
                new Origin("max.message.bytes", "7000", ConfigSource.TOPIC_CONFIG),
                new Origin("message.max.bytes", "6000", ConfigSource.DYNAMIC_BROKER_CONFIG),
                new Origin("message.max.bytes", "5000",
                        ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG),
                new Origin("message.max.bytes", "1048588", ConfigSource.DEFAULT_CONFIG));
    }

    @Test
    void groupsHaveTheSettingsThatTheyAreGiven() {
        Resource group = new Resource(new ConfigScope.Group("g"), Schemas.ofGroups(
                new GroupConfigs(new ConfigDef().define("session.ms", ConfigDef.Type.INT, 45,
                        ConfigDef.Importance.LOW, "How long."), values -> {})),
                ConfigSource.GROUP_CONFIG);

        assertThat(edit(group, set("session.ms", "60")).value("session.ms")).contains("60");
        assertThat(Origins.of(chain.state(), group).value("session.ms")).contains("45");
        assertThatThrownBy(() -> edit(group, set("retention.ms", "1")))
                .hasMessage("Unknown group config name: retention.ms");
    }

    private List<Origin> origins(String name) {
        return Origins.of(chain.state(), TOPIC).all(name);
    }

    private Configs edit(Resource resource, ConfigEdit... edits) {
        return new ConfigEdits(chain.state(), resource).apply(List.of(edits));
    }

    private void brokers(Map<String, String> values) {
        chain.append(new ConfigsChanged(new ConfigScope.AllBrokers(), change(values)));
    }

    private static ConfigChange change(Map<String, String> values) {
        return new ConfigChange(Configs.of(values), new TreeSet<>());
    }

    private static ConfigEdit set(String name, String value) {
        return new ConfigEdit.Set(name, value);
    }
}
