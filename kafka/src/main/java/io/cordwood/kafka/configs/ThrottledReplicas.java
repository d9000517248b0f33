package io.cordwood.kafka.configs;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Whether a list names replicas as Kafka has it: all of them, or partition and broker of each. */
final class ThrottledReplicas implements ConfigDef.Validator {

    private static final Pattern REPLICA = Pattern.compile("[0-9]+:[0-9]+");

    @Override
    public void ensureValid(String name, Object value) {
        if (!(value instanceof List<?> replicas)) {
            throw new ConfigException(name, value, "a list of replicas");
        }
        boolean all = replicas.size() == 1 && replicas.getFirst().equals("*");
        if (!all && !replicas.stream()
                .allMatch(replica -> REPLICA.matcher(replica.toString()).matches())) {
            throw new ConfigException(name, value,
                    name + " must be the literal '*' or a list of replicas in the following "
                            + "format: [partitionId]:[brokerId],[partitionId]:[brokerId],...");
        }
    }
}
