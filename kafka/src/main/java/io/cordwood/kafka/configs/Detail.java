package io.cordwood.kafka.configs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsResourceResult;
import org.apache.kafka.common.message.DescribeConfigsResponseData.DescribeConfigsSynonym;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigType;

/**
 * How much of settings is told.
 *
 * @param synonyms where a value might come from, beside where it does
 * @param documentation what a setting means
 */
record Detail(boolean synonyms, boolean documentation) {

    /** A setting of a resource; empty where it has no value. */
    Optional<DescribeConfigsResourceResult> describe(Origins all, String name) {
        List<Origin> origins = all.all(name);
        Schema schema = all.resource().schema();
        Optional<String> counts = origins.isEmpty()
                ? schema.byDefault(name)
                : Optional.of(origins.getFirst().value());
        return counts.map(value -> {
            ConfigDef.ConfigKey key = schema.known(name);
            return result(name, value, key.type, key.documentation)
                    .setConfigSource(origins.stream().findFirst().map(Origin::source)
                            .orElse(ConfigSource.DEFAULT_CONFIG).id())
                    .setSynonyms(synonyms(origins));
        });
    }

    DescribeConfigsResourceResult describe(BrokerFact fact) {
        return result(fact.name(), fact.value(), fact.type(), fact.meaning()).setReadOnly(true)
                .setConfigSource(fact.source().id()).setSynonyms(synonyms(List.of(
                        new Origin(fact.name(), fact.value(), fact.source()))));
    }

    private DescribeConfigsResourceResult result(String name, String value, ConfigDef.Type type,
            String meaning) {
        return new DescribeConfigsResourceResult().setName(name).setValue(value)
                .setConfigType(type(type).id()).setDocumentation(documentation ? meaning : null);
    }

    private List<DescribeConfigsSynonym> synonyms(List<Origin> origins) {
        List<DescribeConfigsSynonym> told = new ArrayList<>();
        if (synonyms) {
            origins.forEach(origin -> told.add(new DescribeConfigsSynonym()
                    .setName(origin.name()).setValue(origin.value())
                    .setSource(origin.source().id())));
        }
        return told;
    }

    private static ConfigType type(ConfigDef.Type type) {
        return switch (type) {
            case BOOLEAN -> ConfigType.BOOLEAN;
            case STRING -> ConfigType.STRING;
            case INT -> ConfigType.INT;
            case SHORT -> ConfigType.SHORT;
            case LONG -> ConfigType.LONG;
            case DOUBLE -> ConfigType.DOUBLE;
            case LIST -> ConfigType.LIST;
            case CLASS -> ConfigType.CLASS;
            case PASSWORD -> ConfigType.PASSWORD;
        };
    }
}
