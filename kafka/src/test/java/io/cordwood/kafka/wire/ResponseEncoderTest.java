package io.cordwood.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FetchResponseData.FetchableTopicResponse;
import org.apache.kafka.common.message.FetchResponseData.PartitionData;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseEncoderTest {

    @ParameterizedTest
    @ValueSource(shorts = {4, 11, 12, 16, 18})
    void kafkasOwnParserReadsWhatWasWrittenRecordsAndAll(short version) {
        MemoryRecords first = records("one");
        MemoryRecords second = records("two");
        FetchableTopicResponse topic = new FetchableTopicResponse();
        if (version < 13) {
            topic.setTopic("topic");
        }
        topic.partitions().add(partition(0, List.of(first.buffer(), second.buffer())));
        topic.partitions().add(partition(1, List.of()));
        topic.partitions().add(partition(2, List.of(second.buffer())));
        FetchResponseData response = new FetchResponseData();
        response.responses().add(topic);
        RequestContext request = request(version);

        ByteBuffer frame = nio(ResponseEncoder.encode(request, response));

        assertThat(frame.getInt()).isEqualTo(frame.remaining());
        FetchResponse parsed = (FetchResponse) AbstractResponse.parseResponse(frame,
                request.header);
        List<PartitionData> partitions = parsed.data().responses().getFirst().partitions();
        assertThat(FetchResponse.recordsSize(partitions.get(0)))
                .isEqualTo(first.sizeInBytes() + second.sizeInBytes());
        assertThat(FetchResponse.recordsSize(partitions.get(1))).isZero();
        assertThat(((MemoryRecords) partitions.get(2).records()).buffer())
                .isEqualTo(second.buffer());
    }

    private static PartitionData partition(int index, List<ByteBuffer> slices) {
        return new PartitionData().setPartitionIndex(index)
                .setRecords(new SlicedRecords(slices));
    }

    private static MemoryRecords records(String value) {
        return MemoryRecords.withRecords(Compression.NONE,
                new SimpleRecord(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static RequestContext request(short version) {
        return new RequestContext(new RequestHeader(ApiKeys.FETCH, version, "test", 7), "c",
                InetAddress.getLoopbackAddress(), KafkaPrincipal.ANONYMOUS,
                ListenerName.forSecurityProtocol(SecurityProtocol.PLAINTEXT),
                SecurityProtocol.PLAINTEXT, ClientInformation.EMPTY, false);
    }

    private static ByteBuffer nio(ByteBuf bytes) {
        ByteBuffer copy = ByteBuffer.allocate(bytes.readableBytes());
        bytes.readBytes(copy);
        return copy.flip();
    }
}
