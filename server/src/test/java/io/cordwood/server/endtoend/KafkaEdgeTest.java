package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.kafka.wire.RequestSamples;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ApiKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaEdgeTest {

    @TempDir
    private Path folder;

    @Test
    void anEdgeThatIsStoppedClosesItsConnectionsAndTakesNoMore() throws IOException {
        try (LocalKafka server = new LocalKafka(folder);
                KafkaWire open = KafkaWire.connect(server.address())) {
            open.ask(ApiKeys.METADATA, (short) 9, new RequestSamples("orders", Uuid.ZERO_UUID)
                    .of(ApiKeys.METADATA, (short) 9));

            server.stopListening();

            assertThat(open.isClosedByServer()).isTrue();
            while (isListening(server)) {
                Thread.onSpinWait();
            }
        }
    }

    private static boolean isListening(LocalKafka server) throws IOException {
        try (KafkaWire wire = KafkaWire.connect(server.address())) {
            return !wire.isClosedByServer();
        } catch (ConnectException refused) {
            return false;
        }
    }
}
