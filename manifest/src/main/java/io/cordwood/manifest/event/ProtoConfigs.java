package io.cordwood.manifest.event;

import io.cordwood.manifest.proto.Config;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Settings as manifest.proto spells them: by name, each once. */
public final class ProtoConfigs {

    private ProtoConfigs() {}

    public static List<Config> toProto(Configs configs) {
        return configs.values().entrySet().stream()
                .map(value -> Config.newBuilder().setName(value.getKey())
                        .setValue(value.getValue()).build())
                .toList();
    }

    /**
     * Throws {@link IllegalArgumentException} for a setting that is there twice, and
     * {@link io.cordwood.runtime.RejectedException} for more than there can be.
     */
    public static Configs fromProto(List<Config> proto) {
        TreeMap<String, String> values = new TreeMap<>();
        for (Config config : proto) {
            if (values.put(config.getName(), config.getValue()) != null) {
                throw new IllegalArgumentException("a setting is there once: "
                        + config.getName());
            }
        }
        return new Configs(values);
    }

    public static io.cordwood.manifest.proto.ConfigScope toProto(ConfigScope scope) {
        var proto = io.cordwood.manifest.proto.ConfigScope.newBuilder();
        return switch (scope) {
            case ConfigScope.Topic topic -> proto.setTopic(ProtoIds.toBytes(topic.id())).build();
            case ConfigScope.Broker broker -> proto.setBroker(broker.id()).build();
            case ConfigScope.AllBrokers() -> proto.setAllBrokers(true).build();
            case ConfigScope.Group group -> proto.setGroup(group.name()).build();
        };
    }

    /**
     * Throws {@link IllegalArgumentException} for what is no scope, and
     * {@link io.cordwood.runtime.RejectedException} for a group that there cannot be.
     */
    public static ConfigScope fromProto(io.cordwood.manifest.proto.ConfigScope proto) {
        return switch (proto.getScopeCase()) {
            case TOPIC -> new ConfigScope.Topic(ProtoIds.fromBytes(proto.getTopic()));
            case BROKER -> new ConfigScope.Broker(proto.getBroker());
            case ALL_BROKERS -> new ConfigScope.AllBrokers();
            case GROUP -> new ConfigScope.Group(proto.getGroup());
            case SCOPE_NOT_SET -> throw new IllegalArgumentException(
                    "settings are somebody's: of whom is not known here");
        };
    }

    static io.cordwood.manifest.proto.ConfigsChanged toProto(ManifestEvent.ConfigsChanged event) {
        return io.cordwood.manifest.proto.ConfigsChanged.newBuilder()
                .setScope(toProto(event.scope()))
                .addAllSet(toProto(event.change().set()))
                .addAllRemoved(event.change().removed())
                .build();
    }

    static ManifestEvent.ConfigsChanged fromProto(
            io.cordwood.manifest.proto.ConfigsChanged proto) {
        Set<String> removed = new HashSet<>(proto.getRemovedList());
        if (removed.size() < proto.getRemovedCount()) {
            throw new IllegalArgumentException("a setting is removed once: " + removed);
        }
        return new ManifestEvent.ConfigsChanged(fromProto(proto.getScope()),
                new ConfigChange(fromProto(proto.getSetList()), new TreeSet<>(removed)));
    }
}
