package io.cordwood.manifest.state;

import io.cordwood.manifest.event.ConfigChange;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.vavr.collection.TreeMap;
import java.util.function.BiConsumer;

/** The settings of brokers and groups. Those of topics are the topics'. */
public final class ResourceConfigs {

    static final ResourceConfigs NONE = new ResourceConfigs(Configs.NONE, TreeMap.empty(),
            TreeMap.empty());

    private final Configs allBrokers;
    private final TreeMap<Integer, Configs> brokers;
    private final TreeMap<String, Configs> groups;

    private ResourceConfigs(Configs allBrokers, TreeMap<Integer, Configs> brokers,
            TreeMap<String, Configs> groups) {
        this.allBrokers = allBrokers;
        this.brokers = brokers;
        this.groups = groups;
    }

    /** What holds for all brokers that have no value of their own. */
    public Configs allBrokers() {
        return allBrokers;
    }

    /** The settings of a broker; none where nobody has set any. */
    public Configs broker(int id) {
        return brokers.getOrElse(id, Configs.NONE);
    }

    /** The settings of a group; none where nobody has set any. */
    public Configs group(String name) {
        return groups.getOrElse(name, Configs.NONE);
    }

    /** The settings of anybody but a topic. */
    public Configs of(ConfigScope scope) {
        return switch (scope) {
            case ConfigScope.AllBrokers() -> allBrokers;
            case ConfigScope.Broker broker -> broker(broker.id());
            case ConfigScope.Group group -> group(group.name());
            case ConfigScope.Topic topic -> throw new IllegalArgumentException(
                    "the settings of a topic are the topic's: " + topic.id());
        };
    }

    /** The names of all groups that have settings, in order. */
    public Iterable<String> groups() {
        return groups.keySet();
    }

    /** How many groups have settings. */
    public int groupCount() {
        return groups.size();
    }

    /** Whether no broker has any setting. */
    public boolean areBrokersUnset() {
        return allBrokers.isEmpty() && brokers.isEmpty();
    }

    /** All settings, with whose they are, in the order of a checkpoint. */
    public void forEach(BiConsumer<ConfigScope, Configs> action) {
        if (!allBrokers.isEmpty()) {
            action.accept(new ConfigScope.AllBrokers(), allBrokers);
        }
        brokers.forEach((id, configs) -> action.accept(new ConfigScope.Broker(id), configs));
        groups.forEach((name, configs) -> action.accept(new ConfigScope.Group(name), configs));
    }

    ResourceConfigs with(ConfigScope scope, ConfigChange change) {
        return switch (scope) {
            case ConfigScope.AllBrokers() -> new ResourceConfigs(allBrokers.with(change), brokers,
                    groups);
            case ConfigScope.Broker broker -> new ResourceConfigs(allBrokers,
                    with(brokers, broker.id(), change), groups);
            case ConfigScope.Group group -> new ResourceConfigs(allBrokers, brokers,
                    with(groups, group.name(), change));
            case ConfigScope.Topic topic -> throw new IllegalArgumentException(
                    "the settings of a topic are the topic's: " + topic.id());
        };
    }

    /** Who has no setting left is forgotten. */
    private static <K> TreeMap<K, Configs> with(TreeMap<K, Configs> all, K key,
            ConfigChange change) {
        Configs changed = all.getOrElse(key, Configs.NONE).with(change);
        return changed.isEmpty() ? all.remove(key) : all.put(key, changed);
    }
}
