package io.cordwood.server.cli;

import io.cordwood.server.cli.client.LogConnection;
import io.cordwood.server.cli.client.Rpc;
import io.cordwood.server.grpc.proto.ListOffsetsRequest;
import io.cordwood.server.grpc.proto.PartitionOffsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Finds which offsets of a topic's partitions lie between two places. */
final class Spans {

    private final LogConnection connection;
    private final String topic;
    private final Optional<Integer> partition;

    /** Looks at one partition, or at all. */
    Spans(LogConnection connection, String topic, Optional<Integer> partition) {
        this.connection = connection;
        this.topic = topic;
        this.partition = partition;
    }

    /**
     * What is there now between the places, partition by partition. A place beyond the end is the
     * end; one before the beginning, where it was written as an offset, is left for the server to
     * refuse.
     */
    List<Span> between(Place from, Place to) {
        List<PartitionOffsets> starts = offsets(from);
        if (from instanceof Place.AtOffset(long offset)
                && starts.stream().allMatch(partition -> partition.getEndOffset() < offset)) {
            throw new CommandFailure("there is no offset " + offset + " yet in " + topic,
                    "'cordwood topics describe " + topic + "' shows which offsets there are");
        }
        List<PartitionOffsets> ends = offsets(to);
        return IntStream.range(0, starts.size()).mapToObj(i -> new Span(
                starts.get(i).getPartition(), offset(from, starts.get(i)),
                Math.min(offset(to, ends.get(i)), ends.get(i).getEndOffset()))).toList();
    }

    private List<PartitionOffsets> offsets(Place place) {
        ListOffsetsRequest.Builder request = ListOffsetsRequest.newBuilder().setTopic(topic);
        partition.ifPresent(request::addPartitions);
        if (place instanceof Place.AtTime(Instant time)) {
            request.setTimestampMillis(time.toEpochMilli());
        }
        return connection.ask(Rpc.LIST_OFFSETS, request.build()).getPartitionsList();
    }

    private static long offset(Place place, PartitionOffsets offsets) {
        return switch (place) {
            case Place.Beginning() -> offsets.getStartOffset();
            case Place.End() -> offsets.getEndOffset();
            case Place.AtOffset(long offset) -> offset;
            case Place.AtTime(Instant time) -> offsets.hasTimestampOffset()
                    ? offsets.getTimestampOffset()
                    : offsets.getEndOffset();
        };
    }
}
