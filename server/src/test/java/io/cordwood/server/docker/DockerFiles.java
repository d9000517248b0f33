package io.cordwood.server.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files under {@code docker/}, by their names there. */
final class DockerFiles {

    private static final Path HERE = Path.of("docker");
    private static final Path FOLDER = Files.isDirectory(HERE) ? HERE : Path.of("..", "docker");

    private DockerFiles() {}

    /** All of them. */
    static List<String> names() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> FOLDER.relativize(file).toString().replace('\\', '/'))
                    .sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Path path(String name) {
        return FOLDER.resolve(name);
    }

    static String text(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What a file of YAML, of which JSON is a part, says; with aliases and merges resolved. */
    static List<JsonNode> documents(String name) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(strict)).loadAll(text(name))
                .forEach(document -> documents.add(new ObjectMapper().valueToTree(document)));
        return documents;
    }

    /** What a file of one document says. */
    static JsonNode document(String name) {
        List<JsonNode> documents = documents(name);
        if (documents.size() != 1) {
            throw new AssertionError(name + " has " + documents.size() + " documents");
        }
        return documents.getFirst();
    }

    /** What a file has for the first group of a pattern, in order. */
    static List<String> found(Pattern pattern, String name) {
        return pattern.matcher(text(name)).results().map(match -> match.group(1)).toList();
    }
}
