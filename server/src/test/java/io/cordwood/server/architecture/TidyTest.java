package io.cordwood.server.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the house looks like from outside: sizes of files, words that may not stay, documents. */
class TidyTest {

    private static final int LINES_MAX = 500;
    private static final int COLUMNS_MAX = 100;
    private static final Pattern LEFT_FOR_LATER = Pattern
            .compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");
    private static final Pattern CODE_WORD = Pattern
            .compile("`([A-Za-z][\\w.-]*(?:/[\\w.-]+)*/?)`");
    private static final Path ROOT = root();
    private static final List<Path> SOURCES = sources();

    @Test
    void noFileIsLongerThanOneCanKeepInMind() {
        assertThat(SOURCES).allSatisfy(file -> assertThat(lines(file)).as(file.toString())
                .hasSizeLessThanOrEqualTo(LINES_MAX));
    }

    /** But for texts and imports: neither is torn for the page. */
    @Test
    void noLineIsWiderThanThePage() {
        List<String> wide = new ArrayList<>();

        SOURCES.forEach(file -> lines(file).stream()
                .filter(line -> line.length() > COLUMNS_MAX && !line.contains("\"")
                        && !line.startsWith("import "))
                .forEach(line -> wide.add(file + ": " + line)));

        assertThat(wide).isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        List<String> left = new ArrayList<>();

        SOURCES.forEach(file -> lines(file).stream()
                .filter(line -> LEFT_FOR_LATER.matcher(line).find())
                .forEach(line -> left.add(file + ": " + line)));

        assertThat(left).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<Path> packages = SOURCES.stream().map(Path::getParent).collect(Collectors.toSet());

        assertThat(packages).allSatisfy(
                folder -> assertThat(folder.resolve("package-info.java")).exists());
    }

    @Test
    void everythingThatTheArchitectureNamesExists() {
        String text = String.join("\n", lines(ROOT.resolve("ARCHITECTURE.md")));
        Set<String> types = SOURCES.stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());

        List<String> missing = CODE_WORD.matcher(text).results().map(match -> match.group(1))
                .filter(name -> !types.contains(name) && !Files.exists(ROOT.resolve(name))
                        && !isPackage(name))
                .toList();

        assertThat(missing).as("named in ARCHITECTURE.md, but nowhere to be found").isEmpty();
    }

    private static boolean isPackage(String name) {
        String folder = name.replace('.', '/');
        return SOURCES.stream()
                .anyMatch(file -> file.toString().contains("/" + folder + "/"));
    }

    private static List<Path> sources() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        return Files.exists(folder.resolve("ARCHITECTURE.md"))
                ? folder
                : folder.resolve("..")
                        .normalize();
    }
}
