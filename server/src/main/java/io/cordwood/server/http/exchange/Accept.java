package io.cordwood.server.http.exchange;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The media types that a client accepts, the most welcome first. Of types that are equally welcome
 * wildcards come last, and otherwise the one named first comes first.
 */
public record Accept(List<String> types) {

    private static final String ANYTHING = "*/*";
    private static final Pattern WEIGHT = Pattern
            .compile("0?\\.[0-9]{1,9}|0\\.?|1(\\.0{0,9})?");
    private static final Comparator<Range> MOST_WELCOME_FIRST = Comparator
            .<Range>comparingDouble(range -> -range.weight()).thenComparing(Range::isWildcard);

    public Accept {
        types = List.copyOf(types);
    }

    /** Reads the value of an {@code Accept} header; an empty one accepts anything. */
    public static Accept parse(String header) {
        if (header.isBlank()) {
            return new Accept(List.of(ANYTHING));
        }
        return new Accept(Arrays.stream(header.split(",", -1)).map(Range::parse)
                .filter(range -> range.weight() > 0)
                .sorted(MOST_WELCOME_FIRST).map(Range::type).toList());
    }

    /** Whether a type is accepted, by its name or by a wildcard. */
    public boolean includes(String type) {
        String family = type.substring(0, type.indexOf('/') + 1) + "*";
        return types.contains(type) || types.contains(family) || types.contains(ANYTHING);
    }

    private record Range(String type, double weight) {

        static Range parse(String text) {
            String[] pieces = text.split(";", -1);
            double weight = 1;
            for (int i = 1; i < pieces.length; i++) {
                String piece = pieces[i].strip();
                if (piece.startsWith("q=")) {
                    weight = weight(piece.substring(2));
                }
            }
            return new Range(pieces[0].strip().toLowerCase(Locale.ROOT), weight);
        }

        boolean isWildcard() {
            return type.endsWith("*");
        }

        private static double weight(String text) {
            if (!WEIGHT.matcher(text).matches()) {
                throw new RefusedException(ErrorCode.MALFORMED,
                        "Accept has a weight that is not a number from 0 to 1: " + text);
            }
            return Double.parseDouble(text);
        }
    }
}
