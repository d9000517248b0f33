package io.cordwood.kafka.configs;

import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;

/**
 * A setting that topics have.
 *
 * @param ofBrokers under which name brokers have it, for all topics that have no value of their own
 * @param meaning Kafka's description
 */
record TopicSetting(String name, Optional<String> ofBrokers, Effect effect, Domain domain,
        String meaning) {

    /** The setting in a definition of topics' settings. */
    void addTo(ConfigDef definition) {
        domain.add(definition, name, effect.note() + meaning);
    }

    /** The setting in a definition of brokers' settings, if they have it. */
    void addToBrokers(ConfigDef definition) {
        ofBrokers.ifPresent(
                broker -> domain.add(definition, broker, effect.note() + meaning));
    }

    /** The same setting, which a broker has for its topics under a name. */
    TopicSetting ofBrokers(String broker) {
        return new TopicSetting(name, Optional.of(broker), effect, domain, meaning);
    }

    /** What values it may have, and which it has where nobody has set one. */
    record Domain(ConfigDef.Type type, Object byDefault, ConfigDef.Validator validator) {

        private void add(ConfigDef definition, String name, String meaning) {
            definition.define(name, type, byDefault, validator, ConfigDef.Importance.MEDIUM,
                    meaning);
        }
    }
}
