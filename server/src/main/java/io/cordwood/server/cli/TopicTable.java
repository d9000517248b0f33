package io.cordwood.server.cli;

import io.cordwood.server.grpc.proto.PartitionOffsets;
import io.cordwood.server.grpc.proto.Topic;
import java.util.List;

/** Topics as tables for people. */
final class TopicTable {

    private TopicTable() {}

    static String of(List<Topic> topics) {
        int width = topics.stream().mapToInt(topic -> topic.getName().length()).max().orElse(0);
        String row = "%-" + Math.max(width, 5) + "s  %10s  %s%n";
        StringBuilder table = new StringBuilder(row.formatted("TOPIC", "PARTITIONS", "ID"));
        topics.forEach(topic -> table.append(
                row.formatted(topic.getName(), topic.getPartitions(), topic.getId())));
        return table.toString();
    }

    static String of(Topic topic, List<PartitionOffsets> offsets) {
        String row = "%9s  %14s  %14s  %14s%n";
        StringBuilder table = new StringBuilder(
                "%s  %s%n%n".formatted(topic.getName(), topic.getId()));
        table.append(row.formatted("PARTITION", "START", "END", "RECORDS"));
        offsets.forEach(partition -> table.append(row.formatted(partition.getPartition(),
                partition.getStartOffset(), partition.getEndOffset(),
                partition.getEndOffset() - partition.getStartOffset())));
        return table.toString();
    }
}
