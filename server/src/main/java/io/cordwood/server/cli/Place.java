package io.cordwood.server.cli;

import io.cordwood.server.grpc.proto.Edge;
import io.cordwood.server.grpc.proto.Position;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A place in a partition, as somebody writes it. */
sealed interface Place {

    /** How a place is written, for the help. */
    String FORMS = "beginning, end, an offset, or a time such as 2026-11-21T10:00:00Z or"
            + " 2026-11-21";

    /** The first record that is left. */
    record Beginning() implements Place {}

    /** After the last record. */
    record End() implements Place {}

    /** The record with this offset. */
    record AtOffset(long offset) implements Place {}

    /** The first record at or after this time. */
    record AtTime(Instant time) implements Place {}

    /** Reads a place. A time without a zone is in the one given. */
    static Place parse(String text, ZoneId zone) {
        if (text.equals("beginning")) {
            return new Beginning();
        }
        if (text.equals("end")) {
            return new End();
        }
        try {
            return text.chars().allMatch(Character::isDigit)
                    ? new AtOffset(Long.parseLong(text))
                    : new AtTime(time(text, zone));
        } catch (NumberFormatException | DateTimeException wrong) {
            throw new IllegalArgumentException("write " + FORMS + ", not '" + text + "'", wrong);
        }
    }

    /** As it is written. */
    default String text() {
        return switch (this) {
            case Beginning() -> "beginning";
            case End() -> "end";
            case AtOffset(long offset) -> Long.toString(offset);
            case AtTime(Instant time) -> time.toString();
        };
    }

    /** The same in the words of the protocol. */
    default Position position() {
        return switch (this) {
            case Beginning() -> Position.newBuilder().setEdge(Edge.EARLIEST).build();
            case End() -> Position.newBuilder().setEdge(Edge.LATEST).build();
            case AtOffset(long offset) -> Position.newBuilder().setOffset(offset).build();
            case AtTime(Instant time) -> Position.newBuilder()
                    .setTimestampMillis(time.toEpochMilli()).build();
        };
    }

    private static Instant time(String text, ZoneId zone) {
        if (!text.contains("T")) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        return text.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(zone).toInstant();
    }

    /** Reads places for picocli, with times in the zone of this machine. */
    final class Converter implements ITypeConverter<Place> {

        @Override
        public Place convert(String text) {
            try {
                return parse(text, ZoneId.systemDefault());
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(String.valueOf(wrong.getMessage()));
            }
        }
    }
}
