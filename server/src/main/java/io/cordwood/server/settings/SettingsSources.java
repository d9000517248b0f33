package io.cordwood.server.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Gathers the values of settings from where they may be set, each with its origin; later sources
 * win. What is wrong is collected, not thrown.
 */
public final class SettingsSources {

    /** Variables that begin like settings but are something else: the launcher's and the tests'. */
    private static final Set<String> NOT_SETTINGS = Set.of("CORDWOOD_CONFIG", "CORDWOOD_JVM_OPTS");
    private static final String TEST_VARIABLES = "CORDWOOD_TEST_";

    private final Map<Setting, Value> values = new EnumMap<>(Setting.class);
    private final List<String> problems = new ArrayList<>();

    /** The defaults. */
    public SettingsSources() {
        for (Setting setting : Setting.values()) {
            values.put(setting, new Value(setting.defaultValue(), "the default"));
        }
    }

    /** Adds a file of lines {@code key = value}. */
    public SettingsSources file(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            problems.add("the file " + file + " cannot be read: " + unreadable);
        }
        for (String key : properties.stringPropertyNames()) {
            set(Setting.ofKey(key), key, properties.getProperty(key).strip(), "file " + file);
        }
        return this;
    }

    /** Adds variables of the environment, such as {@code CORDWOOD_BUCKET}. */
    public SettingsSources environment(Map<String, String> variables) {
        variables.forEach((variable, text) -> {
            if (Setting.isOurs(variable) && !NOT_SETTINGS.contains(variable)
                    && !variable.startsWith(TEST_VARIABLES)) {
                set(Setting.ofVariable(variable), variable, text, "the environment");
            }
        });
        return this;
    }

    /** Adds flags of the command line. */
    public SettingsSources flags(Map<Setting, String> flags) {
        flags.forEach((setting, text) -> set(Optional.of(setting), setting.key(), text,
                "--" + setting.key()));
        return this;
    }

    /**
     * What all sources come to.
     *
     * @param heapBytes the size of the heap, of which some defaults are a part
     * @throws InvalidSettingsException with all that is wrong
     */
    public ServerSettings resolve(long heapBytes) {
        SettingsReader reader = new SettingsReader(values, problems);
        ServerSettings settings = reader.read(heapBytes);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        return settings;
    }

    private void set(Optional<Setting> setting, String name, String text, String origin) {
        if (setting.isPresent()) {
            values.put(setting.get(), new Value(text, origin));
        } else {
            problems.add("there is no setting '" + name + "' (from " + origin
                    + "): cordwood server --help lists them");
        }
    }

    /** A value as it was written, and where. */
    record Value(String text, String origin) {}
}
