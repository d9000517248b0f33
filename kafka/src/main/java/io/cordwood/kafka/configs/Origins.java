package io.cordwood.kafka.configs;

import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.ResourceConfigs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;

/**
 * Finds where the settings of a resource have their values from: their own, their broker's, or
 * nobody's.
 *
 * @param own the settings that the resource has of its own
 * @param shared the settings of the brokers
 */
record Origins(Resource resource, Configs own, ResourceConfigs shared) {

    static Origins of(ManifestState state, Resource resource) {
        return new Origins(resource, resource.configs(state), state.configs());
    }

    /** All origins of a setting; the first counts. */
    List<Origin> all(String name) {
        List<Origin> origins = new ArrayList<>();
        switch (resource.scope()) {
            case ConfigScope.Topic topic -> {
                addOwn(name, origins);
                Schemas.ofBrokers(name)
                        .ifPresent(broker -> addBrokers(Brokers.FIRST_ID, broker, origins));
            }
            case ConfigScope.Broker broker -> addBrokers(broker.id(), name, origins);
            case ConfigScope.AllBrokers() -> addOwn(name, origins);
            case ConfigScope.Group group -> {
                addOwn(name, origins);
                addDefault(resource.schema(), name, origins);
            }
        }
        return origins;
    }

    /** The value that counts. */
    Optional<String> value(String name) {
        return all(name).stream().findFirst().map(Origin::value)
                .or(() -> resource.schema().byDefault(name));
    }

    private void addOwn(String name, List<Origin> origins) {
        add(own, resource.schema(), name, resource.source(), origins);
    }

    /** What the first broker is set to counts for topics, whoever serves them. */
    private void addBrokers(int broker, String name, List<Origin> origins) {
        add(shared.broker(broker), Schemas.BROKERS, name,
                ConfigSource.DYNAMIC_BROKER_CONFIG, origins);
        add(shared.allBrokers(), Schemas.BROKERS, name,
                ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG, origins);
        addDefault(Schemas.BROKERS, name, origins);
    }

    private static void add(Configs configs, Schema schema, String name, ConfigSource source,
            List<Origin> origins) {
        configs.value(name).ifPresent(value -> origins
                .add(new Origin(name, schema.written(name, value), source)));
    }

    private static void addDefault(Schema schema, String name, List<Origin> origins) {
        schema.byDefault(name).ifPresent(value -> origins
                .add(new Origin(name, value, ConfigSource.DEFAULT_CONFIG)));
    }
}
