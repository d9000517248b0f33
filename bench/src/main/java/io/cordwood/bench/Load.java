package io.cordwood.bench;

import com.google.protobuf.ByteString;
import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.server.grpc.proto.Record;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * What is produced: records of random bytes, so that compression does not make them small, without
 * keys. Bytes of records are counted as the bytes of their values.
 *
 * @param topic that exists
 * @param recordBytes of each value
 * @param requestRecords in one request
 * @param totalBytes of all values
 */
record Load(String topic, int recordBytes, int requestRecords, long totalBytes) {

    /** How many requests it takes. */
    int requests() {
        return (int) (totalBytes / requestBytes());
    }

    /** The bytes of values in one request. */
    int requestBytes() {
        return recordBytes * requestRecords;
    }

    /** A gRPC request to a partition. */
    ProduceRequest grpc(int partition) {
        ProduceRequest.Builder request = ProduceRequest.newBuilder().setTopic(topic)
                .setPartition(partition);
        for (byte[] value : values(partition)) {
            request.addRecords(Record.newBuilder().setValue(ByteString.copyFrom(value)));
        }
        return request.build();
    }

    /** The body of an HTTP request, in the format that carries any bytes. */
    byte[] http(int seed) {
        List<String> records = new ArrayList<>();
        for (byte[] value : values(seed)) {
            records.add("{\"value\":\"" + Base64.getEncoder().encodeToString(value) + "\"}");
        }
        return ("{\"records\":[" + String.join(",", records) + "]}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private List<byte[]> values(int seed) {
        Random random = new Random(seed);
        List<byte[]> values = new ArrayList<>(requestRecords);
        for (int i = 0; i < requestRecords; i++) {
            byte[] value = new byte[recordBytes];
            random.nextBytes(value);
            values.add(value);
        }
        return values;
    }
}
