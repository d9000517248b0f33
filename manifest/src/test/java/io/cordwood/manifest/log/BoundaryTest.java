package io.cordwood.manifest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundaryTest {

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final FailingObjectStore failing = new FailingObjectStore(bucket, FaultPolicy.none());
    private final Boundary boundary = new Boundary(failing);

    @Test
    void aLogOfWhichNothingWasDeletedHasNone() {
        assertThat(loop.await(boundary.read())).isEqualTo(Boundary.NONE);
    }

    @Test
    void itOnlyRises() {
        loop.await(boundary.moveTo(5));
        loop.await(boundary.moveTo(5));
        loop.await(boundary.moveTo(1_000));

        loop.await(boundary.moveTo(999));

        assertThat(loop.await(boundary.read())).isEqualTo(1_000);
        assertThat(keys()).containsExactly(BucketLayout.boundary(1_000));
    }

    @Test
    void whereItWasIsForgotten() {
        loop.await(boundary.moveTo(5));
        loop.await(boundary.moveTo(6));

        assertThat(keys()).containsExactly(BucketLayout.boundary(6));
    }

    @Test
    void aWriteThatLandsOnceMoreDoesNotBringItBack() {
        failing.policy(FaultPolicy.when(request -> request.operation() == Operation.PUT,
                new Fault.Repeated()));
        loop.await(boundary.moveTo(5));
        loop.await(boundary.moveTo(6));

        loop.await(failing.landLate());

        assertThat(loop.await(boundary.read())).isEqualTo(6);
    }

    @Test
    void aDeleteThatLiesDoesNotBringItBack() {
        failing.policy(FaultPolicy.when(request -> request.operation() == Operation.DELETE,
                new Fault.Ignored()));
        loop.await(boundary.moveTo(5));
        loop.await(boundary.moveTo(6));

        assertThat(keys()).hasSize(2);
        assertThat(loop.await(boundary.read())).isEqualTo(6);
    }

    @Test
    void whatADeleteThatLiedHasLeftGoesTheNextTime() {
        failing.policy(FaultPolicy.when(request -> request.operation() == Operation.DELETE,
                new Fault.Ignored()));
        loop.await(boundary.moveTo(5));
        loop.await(boundary.moveTo(6));
        failing.policy(FaultPolicy.none());

        loop.await(boundary.moveTo(6));

        assertThat(keys()).containsExactly(BucketLayout.boundary(6));
    }

    @Test
    void whatIsNoNumberIsNotTakenForOne() {
        bucket.put(new ObjectKey("manifest/boundary/read-me.txt"), Bytes.of());

        assertThatThrownBy(() -> loop.await(boundary.read())).isInstanceOf(CorruptException.class)
                .hasMessageContaining("read-me.txt");
    }

    private List<ObjectKey> keys() {
        return bucket.list(Listing.of(BucketLayout.BOUNDARY_PREFIX)).result().objects().stream()
                .map(ObjectPage.Entry::key).toList();
    }
}
