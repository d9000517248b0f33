package io.cordwood.server;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import io.cordwood.server.settings.ServerSettings.LogFormat;
import java.util.List;
import org.slf4j.LoggerFactory;

/** How the server logs: to the standard error stream, as text for people or JSON for machines. */
final class Logging {

    private static final String TEXT = "%d{HH:mm:ss.SSS} %-5level %logger{0}  %msg%n%ex{4}";

    /** What the classes of Kafka and Iceberg tell of themselves is for those who know them. */
    private static final List<String> OTHERS = List.of("org.apache.kafka", "org.apache.iceberg");

    private Logging() {}

    static void configure(LogFormat format) {
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(encoder(format, context));
        console.start();
        ch.qos.logback.classic.Logger root = context
                .getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.setLevel(ch.qos.logback.classic.Level.INFO);
        root.addAppender(console);
        OTHERS.forEach(other -> context.getLogger(other)
                .setLevel(ch.qos.logback.classic.Level.WARN));
    }

    private static Encoder<ILoggingEvent> encoder(LogFormat format, LoggerContext context) {
        return switch (format) {
            case JSON -> {
                JsonEncoder json = new JsonEncoder();
                json.setContext(context);
                json.start();
                yield json;
            }
            case TEXT -> {
                PatternLayoutEncoder text = new PatternLayoutEncoder();
                text.setContext(context);
                text.setPattern(TEXT);
                text.start();
                yield text;
            }
        };
    }
}
