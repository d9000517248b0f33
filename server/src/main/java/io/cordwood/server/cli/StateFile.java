package io.cordwood.server.cli;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The file in which a replay keeps how far it has come. It is there as a whole or not at all. */
record StateFile(Path path) {

    /** What it says; empty if there is no such file. */
    Optional<ReplayState> read() throws IOException {
        if (Files.notExists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(state(new JsonObject(Files.readString(path))));
        } catch (DecodeException | ClassCastException | NullPointerException wrong) {
            throw new CommandFailure(path + " is not the state of a replay",
                    "name another file, or remove it to begin anew");
        }
    }

    /** Writes it anew. */
    void write(ReplayState state) throws IOException {
        Path next = path.resolveSibling(path.getFileName() + ".next");
        Files.writeString(next, json(state).encodePrettily() + "\n");
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static JsonObject json(ReplayState state) {
        ReplayOrder order = state.order();
        JsonObject json = new JsonObject().put("topic", order.topic())
                .put("topic_id", order.topicId()).put("from", order.from()).put("to", order.to());
        order.partition().ifPresent(partition -> json.put("partition", partition));
        JsonArray left = new JsonArray();
        state.left().forEach(span -> left.add(new JsonObject().put("partition", span.partition())
                .put("next", span.start()).put("end", span.end())));
        return json.put("size", state.size()).put("left", left);
    }

    private static ReplayState state(JsonObject json) {
        ReplayOrder order = new ReplayOrder(json.getString("topic"), json.getString("topic_id"),
                json.getString("from"), json.getString("to"),
                Optional.ofNullable(json.getInteger("partition")));
        List<Span> left = json.getJsonArray("left").stream().map(JsonObject.class::cast)
                .map(span -> new Span(span.getInteger("partition"), span.getLong("next"),
                        span.getLong("end")))
                .toList();
        return new ReplayState(order, json.getLong("size"), left);
    }
}
