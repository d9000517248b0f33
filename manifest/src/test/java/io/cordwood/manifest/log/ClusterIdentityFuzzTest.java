package io.cordwood.manifest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is found where the identity should be is another's, or exactly the identity it says. */
class ClusterIdentityFuzzTest {

    private static final UUID ID = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");

    static Stream<Arguments> seeds() {
        return Stream.of(arguments(named("an identity", identity(ID))),
                arguments(named("another format",
                        "cordwood format 2\n".getBytes(StandardCharsets.UTF_8))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadIsWrittenAlike(byte[] input) {
        MemoryObjectStore store = new MemoryObjectStore(() -> Instant.EPOCH);
        store.put(BucketLayout.CLUSTER, Bytes.wrap(input));

        Future<ClusterIdentity> opened = ClusterIdentity.open(store, ID);

        if (opened.failed()) {
            assertThat(opened.cause()).isInstanceOfAny(RejectedException.class,
                    CorruptException.class);
        } else {
            assertThat(identity(opened.result().id())).isEqualTo(input);
        }
    }

    private static byte[] identity(UUID id) {
        MemoryObjectStore store = new MemoryObjectStore(() -> Instant.EPOCH);
        ClusterIdentity.open(store, id);
        return store.read(BucketLayout.CLUSTER, 1 << 10).result().orElseThrow().array();
    }
}
