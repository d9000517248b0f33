package io.cordwood.kafka.configs;

import io.cordwood.store.batch.BatchLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.protocol.Errors;

/** The settings of topics, and those of them that brokers have for all topics. */
final class Schemas {

    private static final String AS_PRODUCED = "producer";

    private static final Map<String, String> OF_BROKERS = TopicSettings.ALL.stream()
            .filter(setting -> setting.ofBrokers().isPresent()).collect(Collectors.toMap(
                    TopicSetting::name, setting -> setting.ofBrokers().orElseThrow()));

    /** Topics. */
    static final Schema TOPICS = new Schema(ofTopics(), Schema.unknown("topic"),
            Schemas::checkTopic);

    /** What can be changed of brokers while they run: what they have for all topics. */
    static final Schema BROKERS = new Schema(ofBrokers(),
            name -> Errors.INVALID_REQUEST.exception(
                    "Cannot update these configs dynamically: Set(" + name + ")"),
            Schemas::checkBroker);

    private Schemas() {}

    /** Groups. */
    static Schema ofGroups(GroupConfigs groups) {
        return new Schema(groups.definition(), Schema.unknown("group"), groups.rules());
    }

    private static ConfigDef ofTopics() {
        ConfigDef definition = new ConfigDef();
        TopicSettings.ALL.forEach(setting -> setting.addTo(definition));
        return definition;
    }

    private static ConfigDef ofBrokers() {
        ConfigDef definition = new ConfigDef();
        TopicSettings.ALL.forEach(setting -> setting.addToBrokers(definition));
        return definition;
    }

    /** Under which name brokers have a setting of topics. */
    static Optional<String> ofBrokers(String topicName) {
        return Optional.ofNullable(OF_BROKERS.get(topicName));
    }

    private static void checkTopic(Map<String, Object> values) {
        if (!AS_PRODUCED.equals(values.get(TopicConfig.COMPRESSION_TYPE_CONFIG))) {
            throw Errors.INVALID_CONFIG.exception("batches are kept as their producers have "
                    + "compressed them: compression.type is 'producer' here, set it in producers");
        }
        if (Boolean.TRUE.equals(values.get(TopicConfig.REMOTE_LOG_STORAGE_ENABLE_CONFIG))) {
            throw Errors.INVALID_CONFIG.exception("everything is in the bucket already: "
                    + "remote.storage.enable is false here, leave it out");
        }
        int batchBytesMax = (Integer) values.getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, 0);
        if (batchBytesMax > BatchLimits.STANDARD.sizeMax()) {
            throw Errors.INVALID_CONFIG.exception("batches of at most "
                    + BatchLimits.STANDARD.sizeMax() + " bytes are accepted here: max.message.bytes"
                    + " is that or less, not " + batchBytesMax);
        }
        long min = (Long) values.getOrDefault(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, 0L);
        long max = (Long) values.getOrDefault(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                Long.MAX_VALUE);
        if (min > max) {
            throw Errors.INVALID_CONFIG.exception("conflict topic config setting "
                    + TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG + " (" + min + ") > "
                    + TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG + " (" + max + ")");
        }
    }

    private static void checkBroker(Map<String, Object> values) {
        Map<String, Object> ofTopics = new HashMap<>();
        TopicSettings.ALL.forEach(setting -> setting.ofBrokers()
                .ifPresent(broker -> ofTopics.put(setting.name(), values.get(broker))));
        checkTopic(ofTopics);
    }
}
