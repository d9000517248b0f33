package io.cordwood.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.kafka.wire.Dialogue;
import io.cordwood.kafka.wire.RequestSamples;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in a frame, it is answered or its connection is closed, and nothing stays behind. */
class FrameFuzzTest {

    private static final List<ApiKeys> SERVED = List.of(ApiKeys.PRODUCE, ApiKeys.FETCH,
            ApiKeys.LIST_OFFSETS, ApiKeys.METADATA, ApiKeys.OFFSET_FOR_LEADER_EPOCH,
            ApiKeys.CREATE_TOPICS, ApiKeys.DELETE_TOPICS, ApiKeys.DESCRIBE_CLUSTER,
            ApiKeys.FIND_COORDINATOR, ApiKeys.INIT_PRODUCER_ID, ApiKeys.END_TXN,
            ApiKeys.API_VERSIONS, ApiKeys.DESCRIBE_CONFIGS, ApiKeys.ALTER_CONFIGS,
            ApiKeys.INCREMENTAL_ALTER_CONFIGS, ApiKeys.LIST_CONFIG_RESOURCES,
            ApiKeys.CREATE_PARTITIONS, ApiKeys.DELETE_RECORDS,
            ApiKeys.DESCRIBE_TOPIC_PARTITIONS, ApiKeys.DESCRIBE_LOG_DIRS, ApiKeys.ELECT_LEADERS,
            ApiKeys.LIST_PARTITION_REASSIGNMENTS, ApiKeys.ALTER_PARTITION_REASSIGNMENTS,
            ApiKeys.DESCRIBE_PRODUCERS, ApiKeys.DESCRIBE_TRANSACTIONS, ApiKeys.LIST_TRANSACTIONS,
            ApiKeys.WRITE_TXN_MARKERS, ApiKeys.DESCRIBE_ACLS, ApiKeys.CREATE_ACLS,
            ApiKeys.DELETE_ACLS, ApiKeys.DESCRIBE_CLIENT_QUOTAS, ApiKeys.ALTER_CLIENT_QUOTAS,
            ApiKeys.DESCRIBE_USER_SCRAM_CREDENTIALS);

    /** How often the log is begun anew: mutated requests create what there is room for. */
    private static final int FRAMES_PER_LOG = 2_000;

    static Stream<Arguments> frames() {
        LogFixture log = new LogFixture();
        RequestSamples samples = new RequestSamples("orders",
                TopicKey.uuid(log.createTopic("orders")));
        return frames(samples).stream().map(frame -> arguments(named(
                "API " + ByteBuffer.wrap(frame).getShort() + ", version "
                        + ByteBuffer.wrap(frame).getShort(2),
                frame)));
    }

    @ParameterizedTest
    @MethodSource("frames")
    @FuzzTest
    void aFrameIsAnsweredOrRefused(byte[] frame) {
        LogFixture log = new LogFixture();
        log.createTopic("orders");

        new Dialogue(log.apis, log.loop).say(ByteBuffer.wrap(frame));

        log.loop.runReady();
        assertThat(log.reads.usedBytes()).isZero();
    }

    @Test
    void mutatedFramesAreAnsweredOrRefusedAndLeaveNothingBehind() {
        long rounds = Long.getLong("frames", 20_000);
        Random random = new Random(Long.getLong("seed", 11));
        int answered = 0;
        for (long first = 0; first < rounds; first += FRAMES_PER_LOG) {
            LogFixture log = new LogFixture();
            List<byte[]> frames = frames(new RequestSamples("orders",
                    TopicKey.uuid(log.createTopic("orders"))));
            Dialogue dialogue = new Dialogue(log.apis, log.loop);
            for (int i = 0; i < FRAMES_PER_LOG; i++) {
                byte[] frame = mutated(frames.get(random.nextInt(frames.size())), random);
                answered += dialogue.say(ByteBuffer.wrap(frame)).isPresent() ? 1 : 0;
            }
            log.loop.runReady();
            assertThat(log.reads.usedBytes()).isZero();
        }
        assertThat(answered).as("some mutations are requests").isGreaterThan((int) (rounds / 20));
    }

    /** The newest version of every API, and the oldest, as clients send them. */
    private static List<byte[]> frames(RequestSamples samples) {
        List<byte[]> frames = new ArrayList<>();
        for (ApiKeys api : SERVED) {
            for (short version : new short[]{api.oldestVersion(), api.latestVersion(false)}) {
                RequestHeader header = new RequestHeader(api, version, "fuzz", 1);
                byte[] frame = RequestSamples.frame(header, samples.of(api, version)).array();
                frames.add(Arrays.copyOfRange(frame, Integer.BYTES, frame.length));
            }
        }
        return frames;
    }

    private static byte[] mutated(byte[] frame, Random random) {
        byte[] copy = random.nextInt(10) == 0
                ? Arrays.copyOf(frame, random.nextInt(8, frame.length + 20))
                : frame.clone();
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(copy.length);
            copy[at] = random.nextBoolean()
                    ? (byte) random.nextInt()
                    : (byte) (copy[at] ^ 1 << random.nextInt(8));
        }
        return copy;
    }
}
