package io.cordwood.manifest.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.LogException;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.Fault.Landing;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterIdentityTest {

    private static final UUID FIRST = UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
    private static final UUID SECOND = UUID.fromString("bbbbbbbb-0000-4000-8000-000000000002");

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final FailingObjectStore store = new FailingObjectStore(bucket, FaultPolicy.none());

    @Test
    void aNewBucketGetsAnIdentityThatAPersonCanRead() {
        assertThat(open(FIRST)).isEqualTo(new ClusterIdentity(FIRST));
        assertThat(UTF_8.decode(loop.await(bucket.read(BucketLayout.CLUSTER, 1_000)).orElseThrow())
                .toString()).isEqualTo("cordwood format 1\ncluster " + FIRST + "\n");
    }

    @Test
    void theIdentityStays() {
        open(FIRST);

        assertThat(open(SECOND)).isEqualTo(new ClusterIdentity(FIRST));
    }

    @Test
    void ofTwoWhoBeginTogetherOneNamesTheCluster() {
        store.policy(request -> {
            if (request.operation() == Operation.PUT_IF_ABSENT) {
                loop.await(ClusterIdentity.open(bucket, SECOND));
            }
            return new Fault.Pass();
        });

        assertThat(open(FIRST)).isEqualTo(new ClusterIdentity(SECOND));
    }

    @Test
    void whateverIsThereAfterAnUnknownOutcomeCounts() {
        store.policy(FaultPolicy.when(request -> request.operation() == Operation.PUT_IF_ABSENT,
                new Fault.TimeOut(Landing.AT_ONCE)));

        assertThat(open(FIRST)).isEqualTo(new ClusterIdentity(FIRST));
    }

    @Test
    void ifNothingIsThereAfterAnUnknownOutcomeOneTriesAgainLater() {
        store.policy(FaultPolicy.when(request -> request.operation() == Operation.PUT_IF_ABSENT,
                new Fault.TimeOut(Landing.NEVER)));

        assertThatThrownBy(() -> open(FIRST)).isInstanceOf(UnavailableException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "cordwood format 1\n", "cordwood format 1\ncluster x\n",
            "cordwood format 1\ncluster ------------------------------------\n",
            "cordwood format 1\ncluster aaaaaaaa-0000-4000-8000-000000000001",
            "cordwood format 1\ncluster aaaaaaaa-0000-4000-8000-000000000001\nmore\n"})
    void aForeignObjectIsNotAnIdentity(String content) {
        bucket.put(BucketLayout.CLUSTER, Bytes.wrap(content.getBytes(UTF_8)));

        assertThatThrownBy(() -> open(FIRST)).isInstanceOf(RejectedException.class)
                .hasMessageContaining("choose another bucket");
    }

    @Test
    void aLargeForeignObjectIsNotEvenRead() {
        bucket.put(BucketLayout.CLUSTER, Bytes.wrap(new byte[5_000]));

        assertThatThrownBy(() -> open(FIRST)).isInstanceOf(LogException.class)
                .hasMessageContaining("cluster");
    }

    @Test
    void aBucketOfAnotherFormatIsNotTouched() {
        String newer = "cordwood format 2\ncluster " + SECOND + "\n";
        bucket.put(BucketLayout.CLUSTER, Bytes.wrap(newer.getBytes(UTF_8)));

        assertThatThrownBy(() -> open(FIRST)).isInstanceOf(RejectedException.class)
                .hasMessageContaining("format 2");
    }

    private ClusterIdentity open(UUID candidate) {
        return loop.await(ClusterIdentity.open(store, candidate));
    }
}
