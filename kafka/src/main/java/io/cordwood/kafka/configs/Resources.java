package io.cordwood.kafka.configs;

import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.manifest.event.ConfigScope;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;

/**
 * Finds what requests name as having settings.
 *
 * @param groups the settings that groups have
 */
public record Resources(KafkaLog log, GroupConfigs groups) {

    /**
     * The resource of a type and a name.
     *
     * @throws org.apache.kafka.common.errors.ApiException with what is wrong when there is none
     */
    Resource find(byte type, String name) {
        return switch (ConfigResource.Type.forId(type)) {
            case TOPIC -> topic(name);
            case BROKER -> broker(name);
            case GROUP -> group(name);
            case BROKER_LOGGER -> throw Errors.INVALID_REQUEST.exception("the levels of loggers "
                    + "cannot be seen or changed over the wire here: use the server's options");
            case CLIENT_METRICS -> throw Errors.INVALID_REQUEST.exception(
                    "this server does not take metrics of clients");
            case UNKNOWN -> throw Errors.INVALID_REQUEST.exception(
                    "there are no resources of type " + type);
        };
    }

    private Resource topic(String name) {
        if (name.isEmpty()) {
            throw Errors.INVALID_REQUEST.exception("Default topic resources are not allowed.");
        }
        TopicKey key = new TopicKey.Name(name);
        return Resource.topic(key.find(log.state()).orElseThrow(() -> key.unknown()
                .exception("The topic '" + name + "' does not exist.")).id());
    }

    private Resource broker(String name) {
        if (name.isEmpty()) {
            return new Resource(new ConfigScope.AllBrokers(), Schemas.BROKERS,
                    ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG);
        }
        int id = Brokers.ids(log.state()).stream()
                .filter(there -> name.equals(Integer.toString(there))).findFirst()
                .orElseThrow(() -> Errors.INVALID_REQUEST.exception(
                        "Unexpected broker id, expected one of " + Brokers.ids(log.state())
                                + " or empty string, but received " + name));
        return new Resource(new ConfigScope.Broker(id), Schemas.BROKERS,
                ConfigSource.DYNAMIC_BROKER_CONFIG);
    }

    private Resource group(String name) {
        if (name.isEmpty()) {
            throw Errors.INVALID_REQUEST.exception("Default group resources are not allowed.");
        }
        return new Resource(new ConfigScope.Group(name), Schemas.ofGroups(groups),
                ConfigSource.GROUP_CONFIG);
    }
}
