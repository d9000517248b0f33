package io.cordwood.server.endtoend.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.kafka.wire.RequestSamples;
import io.cordwood.server.endtoend.KafkaWire;
import io.cordwood.server.endtoend.RunningServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.OffsetForLeaderEpochResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a node says that stood still for so long that others have taken its work. What it is asked
 * meanwhile it finds when it goes on, before it can have heard what they did.
 */
class PausedNodeTest {

    private static final String TOPIC = "orders";
    private static final String GROUP = "billing";

    @TempDir
    private Path folder;

    @Test
    void aNodeThatWasPausedTellsNothingThatIsOver() throws Exception {
        try (ThreeNodes nodes = new ThreeNodes(folder)) {
            nodes.clients().createTopic(TOPIC, 1);
            List<RunningServer> others = new ArrayList<>(nodes.servers());
            RunningServer sleeper = commit(others, 1);
            others.remove(sleeper);
            try (KafkaWire offsets = KafkaWire.connect(sleeper);
                    KafkaWire ends = KafkaWire.connect(sleeper);
                    KafkaWire records = KafkaWire.connect(sleeper)) {
                sleeper.pause();
                append(others.getFirst());
                commit(others, 2);
                RequestHeader askOffsets = send(offsets, ApiKeys.OFFSET_FETCH, (short) 7,
                        fetchOffsets());
                RequestHeader askEnds = send(ends, ApiKeys.OFFSET_FOR_LEADER_EPOCH, (short) 4,
                        new RequestSamples(TOPIC, Uuid.ZERO_UUID)
                                .of(ApiKeys.OFFSET_FOR_LEADER_EPOCH, (short) 4));
                RequestHeader askRecords = send(records, ApiKeys.FETCH, (short) 12, fetch(1));
                sleeper.resume();

                assertThat(end(ends.receive(askEnds))).as("nothing was cut").isEqualTo(1);
                assertThat(errors(records.receive(askRecords))).as("the end is known elsewhere")
                        .containsExactly(Errors.NONE, Errors.UNKNOWN_TOPIC_OR_PARTITION);
                assertThat(committed(offsets.receive(askOffsets)))
                        .as("another has committed since").isNotEqualTo(OptionalLong.of(1));
            }
        }
    }

    /** Commits an offset at that server which coordinates the group, once one does. */
    private static RunningServer commit(List<RunningServer> servers, long offset)
            throws IOException {
        ApiMessage request = new OffsetCommitRequestData().setGroupId(GROUP)
                .setTopics(List.of(new OffsetCommitRequestTopic().setName(TOPIC)
                        .setPartitions(List.of(new OffsetCommitRequestPartition()
                                .setPartitionIndex(0).setCommittedOffset(offset)))));
        while (true) {
            for (RunningServer server : servers) {
                if (ask(server, ApiKeys.OFFSET_COMMIT, (short) 8, request)) {
                    return server;
                }
            }
        }
    }

    /** Appends a record. */
    private static void append(RunningServer server) throws IOException {
        ApiMessage request = new RequestSamples(TOPIC, Uuid.ZERO_UUID)
                .of(ApiKeys.PRODUCE, (short) 9);
        boolean done = false;
        while (!done) {
            done = ask(server, ApiKeys.PRODUCE, (short) 9, request);
        }
    }

    /** Whether a server does what it is asked for. */
    private static boolean ask(RunningServer server, ApiKeys api, short version,
            ApiMessage request) throws IOException {
        try (KafkaWire wire = KafkaWire.connect(server)) {
            return wire.ask(api, version, request).errorCounts().keySet()
                    .equals(Set.of(Errors.NONE));
        }
    }

    private static RequestHeader send(KafkaWire wire, ApiKeys api, short version,
            ApiMessage request) throws IOException {
        RequestHeader header = KafkaWire.header(api, version, 1);
        wire.send(RequestSamples.frame(header, request));
        return header;
    }

    private static ApiMessage fetchOffsets() {
        return new OffsetFetchRequestData().setGroupId(GROUP)
                .setTopics(List.of(new OffsetFetchRequestTopic().setName(TOPIC)
                        .setPartitionIndexes(List.of(0))));
    }

    /** Of a partition that there is, and of one that there is not. */
    private static ApiMessage fetch(long offset) {
        return new FetchRequestData().setMaxWaitMs(10).setMinBytes(1)
                .setTopics(List.of(new FetchTopic().setTopic(TOPIC).setPartitions(List.of(
                        new FetchPartition().setPartition(0).setFetchOffset(offset)
                                .setPartitionMaxBytes(1 << 20),
                        new FetchPartition().setPartition(9).setPartitionMaxBytes(1 << 20)))));
    }

    /** The offset that a response tells; empty where it tells none, and one has to ask again. */
    private static OptionalLong committed(AbstractResponse response) {
        OffsetFetchResponseData found = (OffsetFetchResponseData) response.data();
        return found.errorCode() == Errors.NONE.code()
                ? OptionalLong.of(found.topics().getFirst().partitions().getFirst()
                        .committedOffset())
                : OptionalLong.empty();
    }

    private static long end(AbstractResponse response) {
        return ((OffsetForLeaderEpochResponseData) response.data()).topics().find(TOPIC)
                .partitions().getFirst().endOffset();
    }

    private static List<Errors> errors(AbstractResponse response) {
        return ((FetchResponseData) response.data()).responses().getFirst().partitions().stream()
                .map(partition -> Errors.forCode(partition.errorCode())).toList();
    }
}
