package io.cordwood.server.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** How far partition 0 of a topic goes. */
final class Offsets {

    private Offsets() {}

    static long end(RunningServer server, String topic) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(HttpRequest
                    .newBuilder(server.uri("/topics/" + topic + "/partitions/0/offsets")).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            return new ObjectMapper().readTree(answer.body()).path("end_offset").asLong();
        }
    }
}
