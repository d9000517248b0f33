package io.cordwood.kafka.configs;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;

/**
 * The settings that a group can have.
 *
 * @param rules what must hold of the values of all of them together; throws
 *        {@link org.apache.kafka.common.errors.ApiException} where it does not
 */
public record GroupConfigs(ConfigDef definition, Consumer<Map<String, Object>> rules) {

    /** Those of a server that serves no groups. */
    public static final GroupConfigs NONE = new GroupConfigs(new ConfigDef(), values -> {});
}
