package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.object.faultproxy.FaultProxy;
import io.cordwood.store.object.faultproxy.WireFault;
import io.cordwood.store.object.faultproxy.WirePolicy;
import io.cordwood.store.object.faultproxy.WireRequest;
import io.cordwood.store.object.s3server.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The same as on a folder, on a real S3 server whose network is not to be trusted. */
@Execution(ExecutionMode.CONCURRENT)
class S3WalkThroughTest {

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static Path text = Path.of("");
    private static byte[] content = new byte[0];
    private static final S3Server S3 = S3Server.inMemory();

    @BeforeAll
    static void findText() throws IOException {
        text = RealText.copyTo(shared.resolve("text"));
        content = Files.readAllBytes(text);
    }

    @AfterAll
    static void stop() {
        S3.close();
    }

    @Test
    void aLoadThroughABadNetworkIsReadBackAlike() throws IOException, InterruptedException {
        try (FaultProxy network = FaultProxy.start(S3.endpoint());
                RunningServer server = start(network, "bad-network")) {
            Command.run(server, "topics", "create", "words", "--partitions", "1");
            network.policy(new BadNetwork(20261121));

            Command.run(server, "produce", "words", "--file", text.toString(), "--batch", "5000",
                    "--in-flight", "1");
            network.cut();
            Command.run(server, "produce", "words", "--file", text.toString(), "--batch", "5000",
                    "--in-flight", "1");

            network.policy(WirePolicy.none());
            byte[] stored = Readers.grpc(server, "words");
            assertThat(stored.length).isEqualTo(2 * content.length);
            assertThat(Arrays.copyOf(stored, content.length)).isEqualTo(content);
            assertThat(Arrays.copyOfRange(stored, content.length, stored.length))
                    .isEqualTo(content);
            assertThat(Readers.http(server, "words")).isEqualTo(stored);
        }
    }

    @Test
    void aKillInABadNetworkLosesNothingAcknowledged() throws IOException, InterruptedException {
        try (FaultProxy network = FaultProxy.start(S3.endpoint())) {
            int acknowledged;
            try (RunningServer server = start(network, "kill")) {
                Command.run(server, "topics", "create", "words", "--partitions", "1");
                network.policy(new BadNetwork(7));
                Command load = Command.start(server, "produce", "words", "--file",
                        text.toString(), "--batch", "100", "--retry-for", "1", "--json");
                Offsets.awaitEnd(server, "words", 2_000);
                server.kill();
                acknowledged = load.acknowledged();
            }
            network.policy(WirePolicy.none());

            try (RunningServer again = start(network, "kill")) {
                byte[] stored = Readers.http(again, "words");

                assertThat(RealText.lines(stored)).isGreaterThanOrEqualTo(acknowledged);
                assertThat(stored).isEqualTo(Arrays.copyOf(content, stored.length));
            }
        }
    }

    private RunningServer start(FaultProxy network, String prefix) {
        return RunningServer.start("s3://" + S3Server.BUCKET + "/" + prefix,
                folder.resolve("local"), "--s3.endpoint",
                network.endpoint().toString(), "--s3.path-style", "true");
    }

    /** Some requests are late, slow, refused, broken off, or done and never answered for. */
    private static final class BadNetwork implements WirePolicy {

        private final Random random;

        BadNetwork(long seed) {
            this.random = new Random(seed);
        }

        @Override
        public synchronized WireFault faultOf(WireRequest request) {
            return switch (random.nextInt(20)) {
                case 0 -> new WireFault.Rejected(503);
                case 1 -> new WireFault.ResetBefore();
                case 2 -> new WireFault.LandedThenReset();
                case 3 -> new WireFault.LandedThenStatus(500);
                case 4 -> new WireFault.Slow(1 << 20);
                case 5 -> request.headers().containsKey("if-none-match")
                        ? new WireFault.Rejected(409)
                        : new WireFault.Pass();
                case 6 -> new WireFault.Delayed(Duration.ofMillis(200), new WireFault.Pass());
                default -> new WireFault.Pass();
            };
        }
    }
}
