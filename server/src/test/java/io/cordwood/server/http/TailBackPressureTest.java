package io.cordwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.log.NewRecord;
import io.cordwood.store.batch.LogRecord;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that does not read costs a bounded amount of memory, and loses nothing. */
@Timeout(60)
class TailBackPressureTest {

    private static final int RECORDS = 1_000;
    private static final int RECORD_SIZE = 16 << 10;

    private final EdgeServer server = new EdgeServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void theLogIsNotReadWhileTheClientDoesNotRead() {
        TopicName topic = server.topic("t", 1);
        server.log.append(topic, Collections.nCopies(RECORDS, record())).await();
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /topics/t/tail?from=beginning HTTP/1.1\r\nhost: x\r\n\r\n");

            server.await(() -> server.edge.stalledTails() == 1);
            serveOthersForAWhile();

            assertThat(server.log.readBytes()).isLessThan(RECORDS * RECORD_SIZE / 4);
            String all = client.readUntil("id: 0:" + RECORDS + "\n");
            assertThat(all.split("\nid: ", -1)).hasSize(RECORDS + 1);
            assertThat(server.log.readBytes()).isEqualTo(RECORDS * RECORD_SIZE);
        }
    }

    /** Gives the event loop many turns, in each of which a tail without a bound would read on. */
    private void serveOthersForAWhile() {
        for (int i = 0; i < 200; i++) {
            assertThat(server.get("/health").statusCode()).isEqualTo(200);
        }
    }

    private static NewRecord record() {
        return new NewRecord(OptionalInt.of(0), new LogRecord(LogRecord.NO_TIMESTAMP,
                Optional.empty(), Optional.of(ByteBuffer.allocate(RECORD_SIZE)), List.of()));
    }
}
