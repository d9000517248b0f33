package io.cordwood.server.http.stream;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.RejectedException;
import io.cordwood.server.http.exchange.Accept;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.Parameters;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.http.v2.EmbeddedFormat;
import io.cordwood.server.log.TopicDescription;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What is to be streamed.
 *
 * @param partitions that are read; none stands for all
 */
record StreamRequest(TopicName topic, SortedSet<Integer> partitions, EmbeddedFormat format) {

    /** Reads a request for a stream of that media type. */
    static StreamRequest parse(RoutingContext context, String mediaType) {
        Parameters parameters = new Parameters(context);
        Accept accept = Accept.parse(
                Objects.requireNonNullElse(context.request().getHeader("accept"), ""));
        Optional<EmbeddedFormat> accepted = EmbeddedFormat.preferred(accept);
        if (!accept.includes(mediaType) && accepted.isEmpty()) {
            throw new RefusedException(ErrorCode.NOT_ACCEPTABLE, "this is served as " + mediaType);
        }
        EmbeddedFormat format = parameters.text("format").map(StreamRequest::format)
                .orElse(accepted.orElse(EmbeddedFormat.BINARY));
        return new StreamRequest(parameters.topic(), partitions(parameters), format);
    }

    /** The partitions to read between places, in a topic as it is. */
    List<Integer> partitionsOf(TopicDescription description, int partitionsMax,
            List<Place> places) {
        List<Integer> wanted = partitions.isEmpty()
                ? IntStream.range(0, description.partitions()).boxed().toList()
                : List.copyOf(partitions);
        if (wanted.getLast() >= description.partitions()) {
            throw new RejectedException(RejectedException.Reason.UNKNOWN_PARTITION,
                    "topic " + topic + " has " + description.partitions()
                            + " partitions, numbered from 0: there is no " + wanted.getLast());
        }
        if (wanted.size() > partitionsMax) {
            throw new RefusedException(ErrorCode.BAD_REQUEST,
                    "one request reads at most " + partitionsMax
                            + " partitions: name them, with ?partition=0,1,2 and so on");
        }
        if (wanted.size() > 1 && places.stream().anyMatch(Place.Offset.class::isInstance)) {
            throw new RefusedException(ErrorCode.MALFORMED, "one offset is not enough for "
                    + wanted.size() + " partitions: name one with ?partition=, or say"
                    + " partition:offset,partition:offset and so on");
        }
        return wanted;
    }

    private static SortedSet<Integer> partitions(Parameters parameters) {
        SortedSet<Integer> partitions = new TreeSet<>();
        parameters.text("partition").ifPresent(text -> {
            for (String partition : text.split(",", -1)) {
                partitions.add(Parameters.partition(partition.strip()));
            }
        });
        return partitions;
    }

    private static EmbeddedFormat format(String name) {
        return switch (name) {
            case "binary" -> EmbeddedFormat.BINARY;
            case "json" -> EmbeddedFormat.JSON;
            default -> throw new RefusedException(ErrorCode.MALFORMED,
                    "format is binary or json");
        };
    }
}
