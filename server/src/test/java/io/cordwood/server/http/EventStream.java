package io.cordwood.server.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A client of Server-Sent Events. */
final class EventStream implements AutoCloseable {

    private final HttpResponse<InputStream> answer;
    private final BufferedReader reader;

    EventStream(HttpResponse<InputStream> answer) {
        this.answer = answer;
        this.reader = new BufferedReader(
                new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    HttpResponse<InputStream> answer() {
        return answer;
    }

    /** The next line that is a comment. */
    String nextComment() {
        while (true) {
            String line = line();
            if (line.startsWith(":")) {
                return line;
            }
        }
    }

    /** The next event. */
    Event next() {
        Event event = new Event("", "message", "");
        while (true) {
            String line = line();
            if (line.startsWith("id: ")) {
                event = new Event(line.substring(4), event.name(), event.data());
            } else if (line.startsWith("event: ")) {
                event = new Event(event.id(), line.substring(7), event.data());
            } else if (line.startsWith("data: ")) {
                event = new Event(event.id(), event.name(), line.substring(6));
            } else if (line.isEmpty() && !event.data().isEmpty()) {
                return event;
            }
        }
    }

    /** The next events. */
    List<Event> next(int count) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(next());
        }
        return events;
    }

    /** What comes until the server ends the stream. */
    String rest() {
        try {
            StringBuilder rest = new StringBuilder();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                rest.append(line).append('\n');
            }
            return rest.toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String line() {
        try {
            String line = reader.readLine();
            if (line == null) {
                throw new AssertionError("the stream ended");
            }
            return line;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    record Event(String id, String name, String data) {}
}
