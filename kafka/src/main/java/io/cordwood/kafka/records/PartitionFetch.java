package io.cordwood.kafka.records;

import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Failures;
import io.cordwood.kafka.wire.SlicedRecords;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.query.FetchRequest;
import io.cordwood.query.Fetched;
import io.cordwood.query.IsolationLevel;
import io.cordwood.runtime.Invariant;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.AsyncResult;
import java.util.Optional;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchResponseData.AbortedTransaction;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.protocol.Errors;

/** What is wanted of one partition, and its part of the response. */
final class PartitionFetch {

    private final PartitionData result;
    private final Optional<FetchRequest> wanted;

    private PartitionFetch(PartitionData result, Optional<FetchRequest> wanted) {
        this.result = result;
        this.wanted = wanted;
    }

    static PartitionFetch of(ManifestState state, TopicKey topic, FetchPartition asked,
            IsolationLevel isolation) {
        PartitionData result = new PartitionData().setPartitionIndex(asked.partition())
                .setHighWatermark(-1).setRecords(SlicedRecords.EMPTY);
        try {
            PartitionId id = topic.partition(state, asked.partition());
            LeaderEpoch.check(asked.currentLeaderEpoch());
            return new PartitionFetch(result, Optional.of(new FetchRequest(id,
                    asked.fetchOffset(), Math.max(1, asked.partitionMaxBytes()), false,
                    isolation)));
        } catch (ApiException refused) {
            result.setErrorCode(Errors.forException(refused).code());
            return new PartitionFetch(result, Optional.empty());
        }
    }

    /** Its part of the response. */
    PartitionData result() {
        return result;
    }

    /** What to read; empty where that is known to be impossible. */
    Optional<FetchRequest> wanted() {
        return wanted.filter(request -> !hasFailed());
    }

    boolean hasFailed() {
        return result.errorCode() != Errors.NONE.code();
    }

    /** Fills in which offsets the partition has; fails if what is wanted is not among them. */
    void describe(ManifestState state) {
        wanted().ifPresent(request -> {
            Optional<PartitionState> partition = state.partition(request.partition());
            if (partition.isEmpty()) {
                fail(Errors.UNKNOWN_TOPIC_OR_PARTITION);
            } else if (partition.get().holds(request.offset())) {
                describe(partition.get());
            } else {
                fail(Errors.OFFSET_OUT_OF_RANGE);
            }
        });
    }

    /** Fills in from which broker the client is to fetch instead. */
    void sendTo(Readers readers, ManifestState state) {
        wanted().ifPresent(request -> state.topic(request.partition().topic())
                .ifPresent(topic -> {
                    describe(topic.partition(request.partition().partition()));
                    result.setPreferredReadReplica(
                            readers.of(topic, request.partition().partition()));
                }));
    }

    private void describe(PartitionState partition) {
        result.setHighWatermark(partition.nextOffset())
                .setLastStableOffset(partition.lastStableOffset())
                .setLogStartOffset(partition.startOffset());
    }

    /** Fills in what was fetched, or why nothing was. */
    void conclude(AsyncResult<Fetched> done) {
        if (done.succeeded()) {
            describe(done.result().partition());
            result.setRecords(new SlicedRecords(done.result().parts()));
            result.setAbortedTransactions(done.result().aborted().stream()
                    .map(aborted -> new AbortedTransaction()
                            .setProducerId(aborted.producerId())
                            .setFirstOffset(aborted.firstOffset()))
                    .toList());
        } else {
            Invariant.rethrow(done.cause());
            fail(Errors.forException(Failures.of(done.cause())));
        }
    }

    private void fail(Errors error) {
        result.setErrorCode(error.code());
    }
}
