package io.cordwood.kafka.configs;

import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.state.ManifestState;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopicConfigCollection;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicConfigs;
import org.apache.kafka.common.protocol.Errors;

/** The settings of a topic that is created. */
public final class NewTopicConfigs {

    private static final UUID NOT_CREATED = new UUID(0, 0);

    private NewTopicConfigs() {}

    /**
     * Those of a request.
     *
     * @throws org.apache.kafka.common.errors.InvalidConfigurationException when one is unknown, or
     *         has a value that it may not have
     */
    public static Configs checked(CreatableTopicConfigCollection asked) {
        TreeMap<String, String> values = new TreeMap<>();
        asked.forEach(config -> {
            if (config.value() == null) {
                throw Errors.INVALID_CONFIG.exception(
                        "Null value not supported for topic configs: " + config.name());
            }
            values.put(config.name(), config.value());
        });
        Configs configs = Configs.of(values);
        Schemas.TOPICS.check(configs);
        return configs;
    }

    /** What a topic that has these settings of its own has in all, for a response. */
    public static List<CreatableTopicConfigs> described(ManifestState state, Configs own) {
        Resource resource = Resource.topic(NOT_CREATED);
        Origins origins = new Origins(resource, own, state.configs());
        Detail detail = new Detail(false, false);
        List<CreatableTopicConfigs> described = new ArrayList<>();
        resource.schema().names().forEach(name -> detail.describe(origins, name)
                .ifPresent(setting -> described.add(new CreatableTopicConfigs().setName(name)
                        .setValue(setting.value()).setReadOnly(setting.readOnly())
                        .setConfigSource(setting.configSource()))));
        return described;
    }
}
