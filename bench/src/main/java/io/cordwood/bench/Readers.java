package io.cordwood.bench;

import io.cordwood.server.cli.client.LogConnection;
import io.cordwood.server.cli.client.MessageReader;
import io.cordwood.server.cli.client.ServerAddress;
import io.cordwood.server.grpc.proto.FetchRequest;
import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.grpc.proto.Position;
import java.io.IOException;
import java.util.Optional;

/** Reads a partition from its first record to its end. */
final class Readers {

    private static final String BINARY = "application/vnd.kafka.binary.v2+json";
    private static final int MESSAGES_AHEAD = 16;

    private final ServerAddress server;

    Readers(ServerAddress server) {
        this.server = server;
    }

    /** Reads over gRPC and returns the bytes of all values. */
    long grpc(String topic, int partition) {
        long bytes = 0;
        FetchRequest request = FetchRequest.newBuilder().setTopic(topic).setPartition(partition)
                .setStart(Position.newBuilder().setOffset(0)).build();
        try (LogConnection connection = new LogConnection(server);
                MessageReader<FetchResponse> answers = connection.fetch(request,
                        MESSAGES_AHEAD)) {
            for (Optional<FetchResponse> next = answers.next(); next.isPresent(); next = answers
                    .next()) {
                bytes += next.get().getRecordsList().stream()
                        .mapToLong(record -> record.getRecord().getValue().size()).sum();
            }
        }
        return bytes;
    }

    /** Reads over HTTP, page after page, and returns the bytes of all answers. */
    long http(String topic, int partition) throws IOException {
        long bytes = 0;
        long next = 0;
        long end = 1;
        try (RawHttp http = new RawHttp(server)) {
            while (next < end) {
                RawHttp.Answer page = http.get("/topics/" + topic + "/partitions/" + partition
                        + "/records?offset=" + next, BINARY).expectSuccess();
                bytes += page.body().remaining();
                next = number(page, "cordwood-next-offset");
                end = number(page, "cordwood-end-offset");
            }
        }
        return bytes;
    }

    private static long number(RawHttp.Answer answer, String header) {
        return Long.parseLong(answer.headers().getOrDefault(header, ""));
    }
}
