package io.cordwood.kafka.configs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.Configs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.server.config.ServerTopicConfigSynonyms;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of topics are Kafka's own, by the code of its brokers; and two more. */
class TopicSettingsTest {

    private static final ConfigDef KAFKAS = LogConfig.configDefCopy();
    private static final Set<String> MORE = Set.of("history.format", "history.age.ms");
    private static final ConfigDef OURS = ours();

    private static final List<String> VALUES = List.of("", " ", "-2", "-1", "0", "1", "2", "3",
            "9", "10", "17", "18", "22", "23", "1048575", "1048576", "2147483647", "2147483648",
            "9223372036854775807", "9223372036854775808", "0.5", "1.5", "true", "FALSE", "yes",
            "compact", "delete", "compact,delete", "compact, delete", "delete,delete", "none",
            "producer", "gzip", "CreateTime", "LogAppendTime", "logappendtime", "*", "0:1",
            "0:1,1:1", "0:1,*", "0:a", " 100 ");

    @Test
    void thereAreTheSettingsThatKafkaHas() {
        Set<String> kafkas = new HashSet<>(KAFKAS.names());
        kafkas.removeIf(name -> kafkas(name).internalConfig);

        assertThat(OURS.names()).isEqualTo(kafkas);
        assertThat(Schemas.TOPICS.definition().names()).containsAll(MORE)
                .hasSize(kafkas.size() + MORE.size());
    }

    @Test
    void typesAndDefaultsAreKafkasButThatRecordsAreKeptForEver() {
        OURS.configKeys().values().forEach(ours -> {
            ConfigDef.ConfigKey kafkas = kafkas(ours.name);
            assertThat(ours.type).as(ours.name).isEqualTo(kafkas.type);
            assertThat(ConfigDef.convertToString(ours.defaultValue, ours.type)).as(ours.name)
                    .isEqualTo(ours.name.equals(TopicConfig.RETENTION_MS_CONFIG)
                            ? "-1"
                            : ConfigDef.convertToString(kafkas.defaultValue, kafkas.type));
            assertThat(ours.documentation).as(ours.name).isNotBlank();
        });
    }

    @Test
    void aValueIsAcceptedWhereKafkaAcceptsItAndRefusedInItsWords() {
        List<String> names = new ArrayList<>(OURS.names());
        for (String name : names) {
            for (String value : VALUES) {
                assertThat(outcome(OURS, name, value)).as("%s=%s", name, value)
                        .isEqualTo(outcome(KAFKAS, name, value));
            }
        }
    }

    private static ConfigDef ours() {
        ConfigDef ours = new ConfigDef(Schemas.TOPICS.definition());
        MORE.forEach(ours.configKeys()::remove);
        return ours;
    }

    private static ConfigDef.ConfigKey kafkas(String name) {
        return Optional.ofNullable(KAFKAS.configKeys().get(name)).orElseThrow();
    }

    private static String outcome(ConfigDef definition, String name, String value) {
        try {
            return "accepted: " + definition.parse(Map.of(name, value)).get(name);
        } catch (ConfigException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void brokersHaveThemUnderTheNamesThatKafkaHas() {
        Map<String, String> ours = new TreeMap<>();
        TopicSettings.ALL.forEach(setting -> setting.ofBrokers()
                .filter(broker -> !MORE.contains(setting.name()))
                .ifPresent(broker -> ours.put(setting.name(), broker)));
        Map<String, String> kafkas = new TreeMap<>();
        ServerTopicConfigSynonyms.ALL_TOPIC_CONFIG_SYNONYMS.forEach(
                (topic, brokers) -> kafkas.put(topic, brokers.getFirst().name()));

        assertThat(ours).isEqualTo(kafkas);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"no.such.thing=1", "Retention.ms=1", "message.downconversion.enable=true",
                    "retention.ms=-2", "cleanup.policy=none", "segment.bytes=abc"})
    void whatKafkaRefusesIsRefusedLikeThat(String setting) {
        String[] parts = setting.split("=", 2);

        assertThat(refusal(parts[0], parts[1]))
                .isEqualTo(kafkasRefusal(Map.of(parts[0], parts[1])));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compression.type=zstd", "compression.type=uncompressed",
            "remote.storage.enable=true"})
    void aValueWhoseEffectIsNotThereIsRefusedWithWhatToDo(String setting) {
        String[] parts = setting.split("=", 2);

        assertThat(refusal(parts[0], parts[1])).contains(parts[0] + " is");
    }

    @ParameterizedTest
    @ValueSource(strings = {"history.format=orc", "history.age.ms=-1", "history.age.ms=old"})
    void whatIsNoFormOrAgeOfHistoryIsRefused(String setting) {
        String[] parts = setting.split("=", 2);

        assertThat(refusal(parts[0], parts[1])).contains("for configuration " + parts[0]);
    }

    @Test
    void lagsOfCompactionThatContradictEachOtherAreRefused() {
        assertThat(refusal(Map.of("min.compaction.lag.ms", "20", "max.compaction.lag.ms", "10")))
                .contains("conflict topic config setting");
    }

    private static String refusal(String name, String value) {
        return refusal(Map.of(name, value));
    }

    private static String refusal(Map<String, String> values) {
        try {
            Schemas.TOPICS.check(Configs.of(values));
        } catch (ApiException refused) {
            assertThat(Errors.forException(refused)).isEqualTo(Errors.INVALID_CONFIG);
            return String.valueOf(refused.getMessage());
        }
        throw new AssertionError("accepted: " + values);
    }

    private static String kafkasRefusal(Map<String, String> properties) {
        try {
            LogConfig.validate(properties);
        } catch (ApiException | ConfigException refused) {
            return String.valueOf(refused.getMessage());
        }
        throw new AssertionError("accepted: " + properties);
    }
}
