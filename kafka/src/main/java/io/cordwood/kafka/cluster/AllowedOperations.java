package io.cordwood.kafka.cluster;

import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a client may do: everything that can be done to a kind of resource, since nobody is refused.
 */
public final class AllowedOperations {

    /** What stands in a response where nobody asked. */
    public static final int NOT_ASKED = Integer.MIN_VALUE;

    private static final Set<AclOperation> ON_TOPICS = Set.of(AclOperation.READ,
            AclOperation.WRITE, AclOperation.CREATE, AclOperation.DELETE, AclOperation.ALTER,
            AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS, AclOperation.ALTER_CONFIGS);
    private static final Set<AclOperation> ON_GROUPS = Set.of(AclOperation.READ,
            AclOperation.DESCRIBE, AclOperation.DELETE, AclOperation.DESCRIBE_CONFIGS,
            AclOperation.ALTER_CONFIGS);
    private static final Set<AclOperation> ON_CLUSTERS = Set.of(AclOperation.CREATE,
            AclOperation.ALTER, AclOperation.DESCRIBE, AclOperation.CLUSTER_ACTION,
            AclOperation.DESCRIBE_CONFIGS, AclOperation.ALTER_CONFIGS,
            AclOperation.IDEMPOTENT_WRITE);

    private AllowedOperations() {}

    /** The operations on a topic, a group or a cluster, a bit for each, if anybody asked. */
    public static int on(ResourceType type, boolean asked) {
        if (!asked) {
            return NOT_ASKED;
        }
        return on(type).stream().mapToInt(operation -> 1 << operation.code())
                .reduce(0, (a, b) -> a | b);
    }

    private static Set<AclOperation> on(ResourceType type) {
        return switch (type) {
            case TOPIC -> ON_TOPICS;
            case GROUP -> ON_GROUPS;
            case CLUSTER -> ON_CLUSTERS;
            case ANY, TRANSACTIONAL_ID, DELEGATION_TOKEN, USER, UNKNOWN ->
                throw new IllegalArgumentException("nobody describes the operations on " + type);
        };
    }
}
