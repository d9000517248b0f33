package io.cordwood.server.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cordwood.manifest.event.ConfigChange;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.state.ResourceConfigs;

/** Settings in words. */
final class ConfigDescriptions {

    private ConfigDescriptions() {}

    static String name(ConfigScope scope) {
        return switch (scope) {
            case ConfigScope.Topic topic -> "topic " + topic.id();
            case ConfigScope.Broker broker -> "broker " + broker.id();
            case ConfigScope.AllBrokers() -> "all brokers";
            case ConfigScope.Group group -> "group " + group.name();
        };
    }

    static void add(ObjectNode node, Configs configs) {
        ObjectNode values = node.putObject("configs");
        configs.values().forEach(values::put);
    }

    static void add(ObjectNode node, ConfigChange change) {
        add(node, change.set());
        ArrayNode removed = node.putArray("removed");
        change.removed().forEach(removed::add);
    }

    static void add(ArrayNode array, ResourceConfigs all) {
        all.forEach((scope, configs) -> add(array.addObject().put("of", name(scope)), configs));
    }
}
