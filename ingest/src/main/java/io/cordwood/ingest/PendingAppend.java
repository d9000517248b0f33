package io.cordwood.ingest;

import io.cordwood.manifest.commit.RunOutcome;
import io.cordwood.runtime.LogException;
import io.cordwood.store.segment.BatchPlace;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * An append that was admitted, and its caller who waits. The first answer counts: what becomes of
 * the data after its caller was told that the outcome is unknown is told to nobody.
 */
final class PendingAppend {

    private final PartitionId partition;
    private final BatchPlace place;
    private final Size size;
    private final long admittedNanos;
    private final Promise<Appended> promise = Promise.promise();

    PendingAppend(PartitionId partition, BatchPlace place, Size size, long admittedNanos) {
        this.partition = partition;
        this.place = place;
        this.size = size;
        this.admittedNanos = admittedNanos;
    }

    Future<Appended> answer() {
        return promise.future();
    }

    PartitionId partition() {
        return partition;
    }

    /** Of its batch. */
    Size size() {
        return size;
    }

    long admittedNanos() {
        return admittedNanos;
    }

    /** Whether the caller was told that it is stored. */
    boolean isAcknowledged() {
        return promise.future().succeeded();
    }

    boolean isAnswered() {
        return promise.future().isComplete();
    }

    /** Tells the caller what became of the run that the batch is in. */
    void conclude(RunOutcome outcome) {
        switch (outcome) {
            case RunOutcome.Appended appended -> promise
                    .tryComplete(new Appended(appended.baseOffset() + place.offsetDelta()));
            case RunOutcome.Refused refused -> fail(refused.reason());
            case RunOutcome.Divided divided -> concludeAlone(
                    divided.batches().get(place.index()));
        }
    }

    /** Tells the caller what became of the batch itself. */
    private void concludeAlone(RunOutcome outcome) {
        switch (outcome) {
            case RunOutcome.Appended appended -> promise
                    .tryComplete(new Appended(appended.baseOffset()));
            case RunOutcome.Refused refused -> fail(refused.reason());
            case RunOutcome.Divided divided -> throw new IllegalArgumentException(
                    "a batch is not divided");
        }
    }

    void fail(LogException reason) {
        promise.tryFail(reason);
    }

    /** How much a batch is. */
    record Size(int records, int bytes) {}
}
