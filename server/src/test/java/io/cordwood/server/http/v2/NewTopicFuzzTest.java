package io.cordwood.server.http.v2;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.runtime.RejectedException;
import io.cordwood.server.http.exchange.RefusedException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever body is sent to create a topic is refused, or the answer says the same again. */
class NewTopicFuzzTest {

    static Stream<Arguments> seeds() {
        return Stream.of(
                arguments(named("all members", """
                        {"topic_name": "orders", "partitions_count": 12, "replication_factor": 3,
                         "configs": []}""".getBytes(UTF_8))),
                arguments(named("with a configuration", """
                        {"topic_name": "a.b", "configs": [{"name": "x", "value": null}]}"""
                        .getBytes(UTF_8))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsTakenIsSaidAgain(byte[] input) {
        AllocationBound bound = new AllocationBound((1 << 20) + 256L * input.length);

        Optional<NewTopic> topic = bound.hold(() -> parse(input));

        topic.ifPresent(taken -> {
            assertThat(taken.partitions()).isPositive();
            assertThat(parse(taken.json().toBuffer().getBytes())).contains(taken);
        });
    }

    private static Optional<NewTopic> parse(byte[] body) {
        try {
            return Optional.of(NewTopic.parse(body));
        } catch (RefusedException | RejectedException refused) {
            return Optional.empty();
        }
    }
}
