package io.cordwood.server.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordwood.runtime.LogException;
import io.cordwood.server.settings.InvalidSettingsException;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.server.settings.Setting;
import io.cordwood.server.settings.SettingsSources;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Prints what is in a bucket: the manifest's entries and checkpoints, and segments. */
@Command(name = "inspect", mixinStandardHelpOptions = true,
        description = "Prints what is in a bucket: without a server, and without changing anything.",
        footerHeading = "%nExamples:%n", footer = {
                "  cordwood inspect                      an overview of data/bucket",
                "  cordwood inspect log --from 100       entries of the manifest, from number 100 on",
                "  cordwood inspect entry 100 --json",
                "  cordwood inspect checkpoint",
                "  cordwood inspect segment 0b6e61f5-... --bucket s3://logs/prod"})
public final class InspectCommand implements Runnable {

    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--bucket", paramLabel = "URI", scope = ScopeType.INHERIT,
            description = "file:DIR or s3://BUCKET/PREFIX (default: file:data/bucket)")
    private Optional<String> bucket = Optional.empty();

    @Option(names = "--s3.endpoint", paramLabel = "URI", scope = ScopeType.INHERIT,
            description = "the address of an S3-compatible store")
    private Optional<String> endpoint = Optional.empty();

    @Option(names = "--s3.path-style", scope = ScopeType.INHERIT,
            description = "name the bucket in the path")
    private boolean pathStyle;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "print JSON")
    private boolean json;

    @Override
    public void run() {
        print(BucketReader::overview);
    }

    @Command(name = "log", description = "Prints entries of the manifest, one on each line.")
    int log(
            @Option(names = "--from", defaultValue = "1",
                    description = "the first number") long from,
            @Option(names = "--count", defaultValue = "1000",
                    description = "how many at most (default: 1000)") int count) {
        return print(reader -> reader.entries(from, count));
    }

    @Command(name = "entry", description = "Prints one entry of the manifest.")
    int entry(@Parameters(paramLabel = "NUMBER") long sequence) {
        return print(reader -> reader.entry(sequence));
    }

    @Command(name = "checkpoint", description = "Prints a checkpoint, the newest unless told.")
    int checkpoint(
            @Parameters(paramLabel = "NUMBER", arity = "0..1") Optional<Long> sequence) {
        return print(
                reader -> sequence.map(reader::checkpoint).orElseGet(reader::newestCheckpoint));
    }

    @Command(name = "segment", description = "Checks and prints a segment.")
    int segment(@Parameters(paramLabel = "ID") UUID id) {
        return print(reader -> reader.segment(id));
    }

    private int print(Function<BucketReader, JsonNode> question) {
        CommandLine line = spec.commandLine();
        try (OpenBucket open = OpenBucket.open(settings())) {
            JsonNode answer = question.apply(new BucketReader(open.store()));
            line.getOut().print(json
                    ? answer.toPrettyString() + System.lineSeparator()
                    : Outline.of(answer));
            line.getOut().flush();
            return 0;
        } catch (LogException | InvalidSettingsException failure) {
            line.getErr().println(failure.getMessage());
            return FAILED;
        }
    }

    private ServerSettings settings() {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        bucket.ifPresent(uri -> flags.put(Setting.BUCKET, uri));
        endpoint.ifPresent(uri -> flags.put(Setting.S3_ENDPOINT, uri));
        if (pathStyle) {
            flags.put(Setting.S3_PATH_STYLE, "true");
        }
        return new SettingsSources().environment(System.getenv()).flags(flags)
                .resolve(Runtime.getRuntime().maxMemory());
    }
}
