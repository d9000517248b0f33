package io.cordwood.server.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cordwood.server.cli.client.LogConnection;
import io.cordwood.server.cli.client.MessageReader;
import io.cordwood.server.cli.client.ServerAddress;
import io.cordwood.server.grpc.proto.Edge;
import io.cordwood.server.grpc.proto.FetchRequest;
import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.grpc.proto.Position;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.Optional;

/** Reads partition 0 of a topic from its beginning to its end, its values as lines. */
final class Readers {

    private Readers() {}

    /** Over HTTP, page by page; the offsets must have no gap. */
    static byte[] http(RunningServer server, String topic)
            throws IOException, InterruptedException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (HttpClient client = HttpClient.newHttpClient()) {
            long next = 0;
            JsonNode page = page(client, server, topic, next);
            while (!page.isEmpty()) {
                for (JsonNode record : page) {
                    if (record.get("offset").asLong() != next) {
                        throw new AssertionError("offset " + record.get("offset") + " at " + next);
                    }
                    lines.write(Base64.getDecoder().decode(record.get("value").asText()));
                    lines.write('\n');
                    next++;
                }
                page = page(client, server, topic, next);
            }
        }
        return lines.toByteArray();
    }

    private static JsonNode page(HttpClient client, RunningServer server, String topic, long offset)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(HttpRequest
                .newBuilder(server.uri("/topics/" + topic + "/partitions/0/records?offset="
                        + offset + "&max_bytes=1000000&timeout=0"))
                .header("Accept", "application/vnd.kafka.binary.v2+json").build(),
                HttpResponse.BodyHandlers.ofByteArray());
        JsonNode body = new ObjectMapper().readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new AssertionError(body);
        }
        return body;
    }

    /** Over gRPC, as one stream. */
    static byte[] grpc(RunningServer server, String topic) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        FetchRequest request = FetchRequest.newBuilder().setTopic(topic)
                .setStart(Position.newBuilder().setEdge(Edge.EARLIEST)).build();
        try (LogConnection connection = new LogConnection(ServerAddress.parse(server.address()));
                MessageReader<FetchResponse> reader = connection.fetch(request, 4)) {
            Optional<FetchResponse> response = reader.next();
            while (response.isPresent()) {
                response.get().getRecordsList().forEach(stored -> {
                    lines.writeBytes(stored.getRecord().getValue().toByteArray());
                    lines.write('\n');
                });
                response = reader.next();
            }
        }
        return lines.toByteArray();
    }
}
