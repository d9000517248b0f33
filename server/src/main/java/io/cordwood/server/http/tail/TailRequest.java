package io.cordwood.server.http.tail;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.RejectedException;
import io.cordwood.server.http.exchange.Accept;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.Parameters;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.http.v2.EmbeddedFormat;
import io.cordwood.server.log.TopicDescription;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A request to follow a topic.
 *
 * @param partitions that are followed; none stands for all
 */
record TailRequest(TopicName topic, SortedSet<Integer> partitions, Start start,
        EmbeddedFormat format) {

    static final String EVENT_STREAM = "text/event-stream";

    /**
     * Reads a request. {@code Last-Event-ID} goes before {@code ?from=}: it is what a client saw
     * last.
     */
    static TailRequest parse(RoutingContext context) {
        Parameters parameters = new Parameters(context);
        HttpServerRequest request = context.request();
        Accept accept = Accept.parse(Objects.requireNonNullElse(request.getHeader("accept"), ""));
        Optional<EmbeddedFormat> accepted = EmbeddedFormat.preferred(accept);
        if (!accept.includes(EVENT_STREAM) && accepted.isEmpty()) {
            throw new RefusedException(ErrorCode.NOT_ACCEPTABLE,
                    "a tail is served as " + EVENT_STREAM);
        }
        EmbeddedFormat format = parameters.text("format").map(TailRequest::format)
                .orElse(accepted.orElse(EmbeddedFormat.BINARY));
        String last = request.getHeader("last-event-id");
        Start start = last != null && !last.isBlank()
                ? new Start.At(Positions.parse(last))
                : Start.parse(parameters.text("from").orElse("end"));
        return new TailRequest(parameters.topic(), partitions(parameters), start, format);
    }

    /** The partitions to follow, in a topic as it is. */
    List<Integer> partitionsOf(TopicDescription description, int partitionsMax) {
        List<Integer> followed = partitions.isEmpty()
                ? IntStream.range(0, description.partitions()).boxed().toList()
                : List.copyOf(partitions);
        if (followed.getLast() >= description.partitions()) {
            throw new RejectedException(RejectedException.Reason.UNKNOWN_PARTITION,
                    "topic " + topic + " has " + description.partitions()
                            + " partitions, numbered from 0: there is no " + followed.getLast());
        }
        if (followed.size() > partitionsMax) {
            throw new RefusedException(ErrorCode.BAD_REQUEST,
                    "one tail follows at most " + partitionsMax
                            + " partitions: name them, with ?partition=0,1,2 and so on");
        }
        if (start instanceof Start.Offset && followed.size() > 1) {
            throw new RefusedException(ErrorCode.MALFORMED, "one offset is not enough for "
                    + followed.size() + " partitions: name one with ?partition=, or say"
                    + " from=partition:offset,partition:offset and so on");
        }
        return followed;
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
