package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.kafka.wire.RequestSamples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ApiVersionsResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said on the wire, by whomever. */
class KafkaWireTest {

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static RequestSamples requests;

    @BeforeAll
    static void start() throws InterruptedException, IOException {
        server = RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"));
        new KafkaClients(server).createTopic("orders", 1);
        try (KafkaWire wire = KafkaWire.connect(server)) {
            short newest = ApiKeys.METADATA.latestVersion();
            RequestSamples byName = new RequestSamples("orders",
                    Uuid.ZERO_UUID);
            MetadataResponseData metadata = (MetadataResponseData) wire.ask(ApiKeys.METADATA,
                    newest, byName.of(ApiKeys.METADATA, newest)).data();
            requests = new RequestSamples("orders", metadata.topics().find("orders").topicId());
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyVersionOfEveryApiThatIsAdvertisedIsAnsweredAndKafkaReadsTheAnswer()
            throws IOException {
        List<ApiVersion> advertised;
        try (KafkaWire wire = KafkaWire.connect(server)) {
            advertised = new ArrayList<>(((ApiVersionsResponse) wire.ask(ApiKeys.API_VERSIONS,
                    (short) 3, requests.of(ApiKeys.API_VERSIONS, (short) 3))).data().apiKeys());
        }

        for (ApiVersion api : advertised) {
            ApiKeys key = ApiKeys.forId(api.apiKey());
            int first = Math.max(api.minVersion(), key.oldestVersion());
            for (short version = (short) first; version <= api.maxVersion(); version++) {
                try (KafkaWire wire = KafkaWire.connect(server)) {
                    AbstractResponse response = wire.ask(key, version,
                            requests.of(key, version));
                    assertThat(response.errorCounts().keySet()).as("%s v%d", key, version)
                            .isSubsetOf(Errors.NONE, expected(key, version))
                            .contains(expected(key, version));
                }
            }
        }
    }

    @Test
    void whoIsNewerThanTheServerIsToldWhatItSpeaks() throws IOException {
        ByteBuffer frame = RequestSamples.frame(
                KafkaWire.header(ApiKeys.API_VERSIONS, (short) 3, 1),
                requests.of(ApiKeys.API_VERSIONS, (short) 3));
        frame.putShort(6, (short) 99);

        try (KafkaWire wire = KafkaWire.connect(server)) {
            wire.send(frame);
            ApiVersionsResponse response = (ApiVersionsResponse) wire
                    .receive(KafkaWire.header(ApiKeys.API_VERSIONS, (short) 0, 1));

            assertThat(response.data().errorCode()).isEqualTo(Errors.UNSUPPORTED_VERSION.code());
            assertThat(response.data().apiKeys()).isNotEmpty();
        }
    }

    @Test
    void requestsThatAreSentWithoutWaitingAreAnsweredInTheirOrder() throws IOException {
        try (KafkaWire wire = KafkaWire.connect(server)) {
            List<RequestHeader> headers = new ArrayList<>();
            long before = nextOffset(wire);
            for (int i = 0; i < 200; i++) {
                ApiKeys api = i % 3 == 0 ? ApiKeys.METADATA : ApiKeys.PRODUCE;
                short version = api.latestVersion();
                headers.add(KafkaWire.header(api, version, i));
                wire.send(RequestSamples.frame(headers.getLast(), requests.of(api, version)));
            }

            long expected = before;
            for (RequestHeader header : headers) {
                AbstractResponse response = wire.receive(header);
                if (header.apiKey() == ApiKeys.PRODUCE) {
                    assertThat(((ProduceResponseData) response.data()).responses().iterator()
                            .next().partitionResponses().getFirst().baseOffset())
                            .isEqualTo(expected++);
                }
            }
        }
    }

    @Test
    void aRequestThatComesWhileAnotherWaitsForRoomIsAnsweredToo() throws IOException {
        Random random = new Random(7);
        RequestHeader first = KafkaWire.header(ApiKeys.METADATA, (short) 13, 1);
        RequestHeader second = KafkaWire.header(ApiKeys.FIND_COORDINATOR, (short) 6, 2);
        for (int i = 0; i < 300; i++) {
            try (KafkaWire wire = KafkaWire.connect(server)) {
                wire.send(RequestSamples.frame(first, requests.of(ApiKeys.METADATA, (short) 13)));
                for (int spin = random.nextInt(30_000); spin > 0; spin--) {
                    Thread.onSpinWait();
                }
                wire.send(RequestSamples.frame(second,
                        requests.of(ApiKeys.FIND_COORDINATOR, (short) 6)));

                assertThat(wire.receive(first)).as("round %d", i).isNotNull();
                assertThat(wire.receive(second)).as("round %d", i).isNotNull();
            }
        }
    }

    @Test
    void whatIsNoRequestClosesItsConnectionAndNothingElse() throws IOException {
        Random random = new Random(5);
        try (KafkaWire innocent = KafkaWire.connect(server)) {
            for (int i = 0; i < 200; i++) {
                try (KafkaWire broken = KafkaWire.connect(server)) {
                    byte[] noise = new byte[random.nextInt(8, 200)];
                    random.nextBytes(noise);
                    ByteBuffer frame = ByteBuffer.allocate(4 + noise.length);
                    frame.putInt(i % 4 == 0 ? random.nextInt() | 1 << 30 : noise.length)
                            .put(noise).putShort(4, (short) (1_000 + random.nextInt(1_000)));
                    broken.send(frame.flip());
                    assertThat(broken.isClosedByServer()).as("frame %d", i).isTrue();
                }
            }

            assertThat(innocent.ask(ApiKeys.PRODUCE, (short) 9,
                    requests.of(ApiKeys.PRODUCE, (short) 9)).errorCounts())
                    .containsOnlyKeys(Errors.NONE);
        }
    }

    @Test
    void aVersionThatIsNotServedClosesTheConnection() throws IOException {
        ByteBuffer frame = RequestSamples.frame(KafkaWire.header(ApiKeys.METADATA, (short) 9, 1),
                requests.of(ApiKeys.METADATA, (short) 9));
        frame.putShort(6, (short) 99);

        try (KafkaWire wire = KafkaWire.connect(server)) {
            wire.send(frame);

            assertThat(wire.isClosedByServer()).isTrue();
        }
    }

    /** Some is refused on purpose: there is nothing of that name, or no such service. */
    private static Errors expected(ApiKeys api, short version) {
        return switch (api) {
            case DELETE_TOPICS -> Errors.UNKNOWN_TOPIC_OR_PARTITION;
            case ADD_PARTITIONS_TO_TXN, END_TXN, ADD_OFFSETS_TO_TXN, TXN_OFFSET_COMMIT,
                    WRITE_TXN_MARKERS ->
                Errors.INVALID_PRODUCER_ID_MAPPING;
            case JOIN_GROUP -> Errors.INVALID_SESSION_TIMEOUT;
            case SYNC_GROUP, HEARTBEAT, LEAVE_GROUP -> Errors.UNKNOWN_MEMBER_ID;
            case DESCRIBE_GROUPS -> version < 6 ? Errors.NONE : Errors.GROUP_ID_NOT_FOUND;
            case DELETE_GROUPS, OFFSET_DELETE, CONSUMER_GROUP_DESCRIBE, STREAMS_GROUP_DESCRIBE ->
                Errors.GROUP_ID_NOT_FOUND;
            case DESCRIBE_TRANSACTIONS -> Errors.TRANSACTIONAL_ID_NOT_FOUND;
            case DESCRIBE_ACLS, CREATE_ACLS, DELETE_ACLS -> Errors.SECURITY_DISABLED;
            case DESCRIBE_USER_SCRAM_CREDENTIALS -> Errors.RESOURCE_NOT_FOUND;
            case ALTER_CLIENT_QUOTAS -> Errors.POLICY_VIOLATION;
            default -> Errors.NONE;
        };
    }

    private static long nextOffset(KafkaWire wire) throws IOException {
        return ((ProduceResponseData) wire.ask(ApiKeys.PRODUCE, (short) 9,
                requests.of(ApiKeys.PRODUCE, (short) 9)).data()).responses().iterator().next()
                .partitionResponses().getFirst().baseOffset() + 1;
    }
}
