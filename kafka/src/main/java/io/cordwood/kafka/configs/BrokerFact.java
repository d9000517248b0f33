package io.cordwood.kafka.configs;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;

/**
 * A setting of the server that stays as it is while it runs, in Kafka's terms.
 *
 * @param source whether the server was started with it, or always has it
 */
public record BrokerFact(String name, ConfigDef.Type type, String value, ConfigSource source,
        String meaning) {

    /** What the server was started with. */
    public static BrokerFact chosen(String name, ConfigDef.Type type, String value,
            String meaning) {
        return new BrokerFact(name, type, value, ConfigSource.STATIC_BROKER_CONFIG, meaning);
    }

    /** What the server always has. */
    public static BrokerFact fixed(String name, ConfigDef.Type type, String value,
            String meaning) {
        return new BrokerFact(name, type, value, ConfigSource.DEFAULT_CONFIG, meaning);
    }
}
