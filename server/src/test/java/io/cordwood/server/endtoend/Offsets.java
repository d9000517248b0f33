package io.cordwood.server.endtoend;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;

/** How far partition 0 of a topic goes. */
final class Offsets {

    private static final long LOOKS_EVERY_MILLIS = 20;

    private Offsets() {}

    /** Waits until it goes as far as an offset. */
    static void awaitEnd(RunningServer server, String topic, long offset)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest
                .newBuilder(server.uri("/topics/" + topic + "/partitions/0/offsets")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (end(client, request) < offset) {
                TimeUnit.MILLISECONDS.sleep(LOOKS_EVERY_MILLIS);
            }
        } catch (IOException failure) {
            throw new AssertionError("the server says: " + server.log(), failure);
        }
    }

    private static long end(HttpClient client, HttpRequest request)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(request,
                HttpResponse.BodyHandlers.ofByteArray());
        return new ObjectMapper().readTree(answer.body()).path("end_offset").asLong();
    }
}
