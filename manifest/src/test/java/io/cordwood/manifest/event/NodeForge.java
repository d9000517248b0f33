package io.cordwood.manifest.event;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Nodes for tests. */
public final class NodeForge {

    private static final int PROCESSES = 9;

    private NodeForge() {}

    /** A node with all roles, in no zone. */
    public static Member node(String name, UUID process) {
        return new Member(name, process, new Member.Addresses(name + ":9094", name + ":8082",
                name + ":9092"), Optional.empty(), Set.of(NodeRole.values()));
    }

    /** Some node, which may be another process of one that was made before. */
    public static Member node(Random random) {
        List<NodeRole> all = List.of(NodeRole.INGEST, NodeRole.QUERY, NodeRole.INDEXER);
        Set<NodeRole> roles = EnumSet.of(all.get(random.nextInt(all.size())),
                all.get(random.nextInt(all.size())));
        return new Member("node-" + random.nextInt(4), process(random),
                new Member.Addresses("höst:" + random.nextInt(9), "", "kafka:" + random.nextInt()),
                random.nextBoolean() ? Optional.empty() : Optional.of("zone-" + random.nextInt(3)),
                roles);
    }

    /** A process that some node may be. */
    public static UUID process(Random random) {
        return new UUID(500, random.nextInt(PROCESSES));
    }
}
