package io.cordwood.server.cli;

import io.cordwood.server.cli.client.CallException;
import io.cordwood.server.cli.client.LogConnection;
import io.cordwood.server.cli.client.MessageReader;
import io.cordwood.server.grpc.proto.FetchRequest;
import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.grpc.proto.Position;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads a partition message by message. Once it has read something it goes on where it was after
 * the server was away, as long as that does not take too long.
 */
final class PartitionFeed implements AutoCloseable {

    private static final int MESSAGES_AHEAD = 4;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int PAUSES_MAX = 120;

    private final LogConnection connection;
    private FetchRequest request;
    private Optional<MessageReader<FetchResponse>> reader = Optional.empty();
    private boolean begun;

    /** Reads nothing yet. */
    PartitionFeed(LogConnection connection, FetchRequest request) {
        this.connection = connection;
        this.request = request;
    }

    /** One of several that read together, and of which another has read something. */
    static PartitionFeed begun(LogConnection connection, FetchRequest request) {
        PartitionFeed feed = new PartitionFeed(connection, request);
        feed.begun = true;
        return feed;
    }

    /** The next message; none at the end. Throws {@link CallException}. */
    Optional<FetchResponse> next() {
        for (int pauses = 0;; pauses++) {
            try {
                Optional<FetchResponse> message = open().next();
                message.ifPresent(this::remember);
                return message;
            } catch (CallException away) {
                close();
                if (!begun || pauses == PAUSES_MAX || !passes(away)) {
                    throw away;
                }
                connection.pause(PAUSE);
            }
        }
    }

    @Override
    public void close() {
        reader.ifPresent(MessageReader::close);
        reader = Optional.empty();
    }

    private MessageReader<FetchResponse> open() {
        MessageReader<FetchResponse> opened = reader
                .orElseGet(() -> connection.fetch(request, MESSAGES_AHEAD));
        reader = Optional.of(opened);
        return opened;
    }

    private void remember(FetchResponse message) {
        begun = true;
        request = request.toBuilder()
                .setStart(Position.newBuilder().setOffset(message.getNextOffset())).build();
    }

    private static boolean passes(CallException away) {
        return switch (away) {
            case CallException.Unreachable _,CallException.Broken _ -> true;
            case CallException.Refused refused -> refused.status() == GrpcStatus.UNAVAILABLE;
        };
    }
}
