package io.cordwood.store.batch;

import static io.cordwood.store.batch.RandomRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class KeyHashTest {

    @Test
    void aKeyBelongsWhereKafkasClientsPutIt() {
        for (int i = 0; i < 1_000; i++) {
            String key = "key-".repeat(i % 7) + i;

            assertThat(KeyHash.place(utf8(key), 1 + i % 50)).isEqualTo(BuiltInPartitioner
                    .partitionForKey(BatchForge.copy(utf8(key)).array(), 1 + i % 50));
        }
    }

    @Test
    void theKeyIsReadWhereItStandsAndStays() {
        ByteBuffer surrounded = utf8("xxabcyy").position(2).limit(5);

        assertThat(KeyHash.place(surrounded, 1_000)).isEqualTo(KeyHash.place(utf8("abc"), 1_000));
        assertThat(surrounded.position()).isEqualTo(2);
    }
}
