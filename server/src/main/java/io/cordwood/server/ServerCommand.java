package io.cordwood.server;

import io.cordwood.server.settings.InvalidSettingsException;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.server.settings.Setting;
import io.cordwood.server.settings.SettingsSources;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cordwood server}: runs a node until it is told to stop. */
@Command(name = "server", sortOptions = false,
        description = "Runs a server until it is interrupted.", footerHeading = "%nExamples:%n",
        footer = {
                "  cordwood server",
                "  cordwood server --bucket file:/srv/log --http 0.0.0.0:8082",
                "  cordwood server --bucket s3://logs/prod --local /var/lib/cordwood",
                "",
                "Each setting can also stand in the file of --config, as a line 'flush-interval = 1s',",
                "or in the environment, as CORDWOOD_FLUSH_INTERVAL=1s. A flag wins over the environment,",
                "the environment over the file."})
public final class ServerCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--config", paramLabel = "FILE", description = "a file of settings")
    private Optional<Path> config = Optional.empty();

    /** The command, with an option for every setting. */
    public static CommandLine commandLine() {
        CommandSpec spec = CommandSpec.forAnnotatedObject(new ServerCommand());
        for (Setting setting : Setting.values()) {
            spec.addOption(OptionSpec.builder("--" + setting.key()).type(String.class)
                    .paramLabel("VALUE").description(describe(setting)).build());
        }
        return new CommandLine(spec.mixinStandardHelpOptions(true));
    }

    @Override
    public Integer call() {
        try {
            return new ServerProcess(settings()).run();
        } catch (InvalidSettingsException invalid) {
            spec.commandLine().getErr().println("The settings cannot be used:");
            invalid.problems()
                    .forEach(problem -> spec.commandLine().getErr().println("  - " + problem));
            return CommandLine.ExitCode.USAGE;
        }
    }

    private ServerSettings settings() {
        SettingsSources sources = new SettingsSources();
        config.ifPresent(sources::file);
        return sources.environment(System.getenv()).flags(flags())
                .resolve(Runtime.getRuntime().maxMemory());
    }

    private Map<Setting, String> flags() {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            String name = "--" + setting.key();
            if (spec.commandLine().getParseResult().hasMatchedOption(name)) {
                flags.put(setting,
                        spec.commandLine().getParseResult().matchedOptionValue(name, ""));
            }
        }
        return flags;
    }

    private static String describe(Setting setting) {
        String meaning = setting.meaning();
        return setting.defaultValue().isEmpty()
                ? meaning
                : meaning + " (default: " + setting.defaultValue() + ")";
    }
}
