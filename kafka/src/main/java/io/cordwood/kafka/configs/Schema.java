package io.cordwood.kafka.configs;

import io.cordwood.manifest.event.Configs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;

/**
 * Which settings a kind of resource has.
 *
 * @param unknown what to tell who names another
 * @param rules what must hold between the values, beyond what each is bound by; throws
 *        {@link org.apache.kafka.common.errors.ApiException} where it does not
 */
record Schema(ConfigDef definition, Function<String, ApiException> unknown,
        Consumer<Map<String, Object>> rules) {

    /** What to tell who names a setting that a kind of resource does not have. */
    static Function<String, ApiException> unknown(String kind) {
        return name -> Errors.INVALID_CONFIG
                .exception("Unknown " + kind + " config name: " + name);
    }

    /** The names of all settings, in order. */
    Iterable<String> names() {
        return new TreeSet<>(definition.names());
    }

    /** What there is to know of a setting. */
    Optional<ConfigDef.ConfigKey> key(String name) {
        return Optional.ofNullable(definition.configKeys().get(name));
    }

    /** What there is to know of a setting; says that it is unknown if it is. */
    ConfigDef.ConfigKey known(String name) {
        return key(name).orElseThrow(() -> unknown.apply(name));
    }

    /** Whether it is a list, to which one can append. */
    boolean isList(String name) {
        return known(name).type == ConfigDef.Type.LIST;
    }

    /**
     * Checks that the settings are known and their values are such that they can have.
     *
     * @throws org.apache.kafka.common.errors.InvalidConfigurationException with what is wrong
     */
    void check(Configs configs) {
        configs.values().keySet().forEach(this::known);
        rules.accept(parse(configs));
    }

    /** The values of all settings, defaults included. */
    Map<String, Object> parse(Configs configs) {
        try {
            return definition.parse(new HashMap<>(configs.values()));
        } catch (ConfigException invalid) {
            throw Errors.INVALID_CONFIG.exception(invalid.getMessage());
        }
    }

    /** The value that a setting has where nobody has set one, as text. */
    Optional<String> byDefault(String name) {
        return key(name).filter(key -> key.hasDefault() && key.defaultValue != null)
                .map(key -> ConfigDef.convertToString(key.defaultValue, key.type));
    }

    /** A value as Kafka writes it. */
    String written(String name, String value) {
        ConfigDef.Type type = known(name).type;
        return ConfigDef.convertToString(ConfigDef.parseType(name, value, type), type);
    }

    /** The parts of a list. */
    static List<String> parts(String list) {
        return list.isEmpty() ? List.of() : List.of(list.split(",", -1));
    }
}
