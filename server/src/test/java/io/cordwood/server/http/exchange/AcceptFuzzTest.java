package io.cordwood.server.http.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.runtime.AllocationBound;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client says it accepts is refused, or is a list of types that it named. */
class AcceptFuzzTest {

    /** More than the parser needs: in a search, what watches its comparisons allocates too. */
    private static final int BYTES_PER_BYTE = 4_096;

    static Stream<Arguments> seeds() {
        Arguments empty = arguments(named("hundreds of empty ranges, which are sorted",
                ",".repeat(765).getBytes(UTF_8)));
        return Stream.concat(Stream.of(empty), texts());
    }

    private static Stream<Arguments> texts() {
        return Stream
                .of("text/event-stream", "", ";", "*/*;q=0.1, application/json; q=0.9 ,text/*;q=0",
                        "application/vnd.kafka.json.v2+json;charset=utf-8", "a/b;q=.2, c/d;q=1.0",
                        "a/b;q=1e-310,".repeat(60))
                .map(text -> arguments(named("'" + text + "'", text.getBytes(UTF_8))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsTakenWasNamed(byte[] input) {
        String header = new String(input, UTF_8);
        AllocationBound bound = new AllocationBound(
                (1 << 20) + (long) BYTES_PER_BYTE * input.length);

        Optional<Accept> accept = bound.hold(() -> parse(header));

        accept.ifPresent(taken -> {
            assertThat(taken.types()).allSatisfy(type -> assertThat(type.strip()).isEqualTo(type)
                    .doesNotContain(",", ";"));
            String again = String.join(",", taken.types());
            assertThat(parse(again).orElseThrow().types())
                    .containsAll(again.isBlank() ? List.of("*/*") : taken.types());
        });
    }

    private static Optional<Accept> parse(String header) {
        try {
            return Optional.of(Accept.parse(header));
        } catch (RefusedException refused) {
            return Optional.empty();
        }
    }
}
