package io.cordwood.server.http.exchange;

import io.cordwood.manifest.event.TopicName;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What the path and the query of a request say.
 *
 * <p>The router has percent-decoded each piece once, after the path was cut at its slashes; nothing
 * is decoded here again. So an encoded slash is part of a name, and no name with a slash is legal.
 */
public final class Parameters {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern PARTITION = Pattern.compile("[0-9]{1,9}");

    private final RoutingContext context;

    public Parameters(RoutingContext context) {
        this.context = context;
    }

    /** The topic that the path names. */
    public TopicName topic() {
        return new TopicName(piece("topic"));
    }

    /** The partition that the path names. */
    public int partition() {
        return partition(piece("partition"));
    }

    /** The partition that a piece of text names. */
    public static int partition(String text) {
        if (!PARTITION.matcher(text).matches()) {
            throw new RefusedException(ErrorCode.MALFORMED, "a partition is a number from 0 on");
        }
        return Integer.parseInt(text);
    }

    /** A parameter of the query that is a number from 0 on. */
    public OptionalLong number(String name) {
        return text(name).map(text -> OptionalLong.of(number(name, text)))
                .orElse(OptionalLong.empty());
    }

    /** A parameter of the query, which may be given once. */
    public Optional<String> text(String name) {
        List<String> values = context.queryParam(name);
        if (values.size() > 1) {
            throw new RefusedException(ErrorCode.MALFORMED,
                    "?" + name + "= is given more than once");
        }
        return values.stream().findFirst();
    }

    private String piece(String name) {
        return Objects.requireNonNull(context.pathParam(name), "the route has this piece");
    }

    /** The number from 0 on that a piece of text says. */
    public static long number(String name, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new RefusedException(ErrorCode.MALFORMED, name + " is a number from 0 on");
        }
        return Long.parseLong(text);
    }
}
