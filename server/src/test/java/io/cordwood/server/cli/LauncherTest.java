package io.cordwood.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, among JDKs and a Maven that are scripts of a line. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    private static final List<String> TOOLS = List.of("sh", "sed", "head", "dirname", "readlink",
            "find", "tr", "cat", "mkdir", "rm", "sleep", "touch", "ls");

    @TempDir
    private Path folder;
    private Path root;
    private Path tools;
    private Path jdks;

    @BeforeEach
    void layOut() throws IOException {
        root = Files.createDirectories(folder.resolve("a root"));
        tools = Files.createDirectories(folder.resolve("tools"));
        jdks = Files.createDirectories(folder.resolve("jdks"));
        Files.copy(launcher(), root.resolve("cordwood"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String tool : TOOLS) {
            script(tools.resolve(tool), "exec '" + find(tool) + "' \"$@\"");
        }
        Files.writeString(root.resolve("pom.xml"), "");
        Files.createDirectories(root.resolve("server/src/main"));
        Files.writeString(root.resolve("server/src/main/Some.java"), "");
        Files.createDirectories(root.resolve("server/target/lib"));
        Files.writeString(jar(), "");
        age(root.resolve("pom.xml"), 100);
        age(root.resolve("server/src/main/Some.java"), 100);
        age(jar(), 50);
    }

    @Test
    void aJdkThatIsNewEnoughIsFoundThoughJavaHomeIsOlder() throws Exception {
        Path old = jdk("old", "17.0.1");
        jdk("older", "1.8.0_392");
        jdk("new", "25.0.1");

        Launched launched = launch(Map.of("JAVA_HOME", old.toString()), "topics", "two words");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).startsWith("java of new:")
                .contains("<io.cordwood.server.Main>", "<topics>", "<two words>");
    }

    @Test
    void javaHomeComesFirstThenTheVariableOfTheVersion() throws Exception {
        jdk("found", "25");
        Path home = jdk("home", "26-ea");
        Path version = jdk("version", "25.0.2");

        assertThat(launch(Map.of("JAVA_HOME", home.toString(), "JAVA25_HOME", version.toString()))
                .output()).startsWith("java of home:");
        assertThat(launch(Map.of("JAVA25_HOME", version.toString())).output())
                .startsWith("java of version:");
    }

    @Test
    void withoutAJdkItSaysWhatIsMissingAndHowToGetIt() throws Exception {
        jdk("old", "17.0.1");

        Launched launched = launch(Map.of());

        assertThat(launched.exitCode()).isEqualTo(69);
        assertThat(launched.output()).contains("no JDK 25", "JAVA_HOME", "apt install");
    }

    @Test
    void itMayBeCalledThroughALinkFromAnywhere() throws Exception {
        jdk("new", "25.0.1");
        Path link = Files.createSymbolicLink(tools.resolve("cw"), root.resolve("cordwood"));
        Path again = Files.createSymbolicLink(folder.resolve("cw2"), folder.relativize(link));

        Launched launched = launch(again, Map.of(), "replay");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).contains("<" + jar().toRealPath() + ":");
    }

    @Test
    void whatIsBuiltIsBuiltAgainWhenASourceIsNewer() throws Exception {
        jdk("new", "25.0.1");
        maven("echo \"mvn with $JAVA_HOME\" >&2; mkdir -p server/target/lib; : > " + "'" + jar()
                + "'");

        Launched upToDate = launch(Map.of());
        age(root.resolve("server/src/main/Some.java"), 10);
        Launched stale = launch(Map.of());
        Launched builtAgain = launch(Map.of());

        assertThat(upToDate.output()).doesNotContain("building");
        assertThat(stale.output()).startsWith("cordwood: building").contains("java of new")
                .doesNotContain("mvn with");
        assertThat(builtAgain.output()).doesNotContain("building");
    }

    @Test
    void aBuildThatFailsShowsWhatMavenSays() throws Exception {
        jdk("new", "25.0.1");
        maven("echo 'ERROR: a semicolon is missing'; exit 3");
        age(root.resolve("pom.xml"), 10);

        Launched launched = launch(Map.of());

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.output()).contains("a semicolon is missing", "the build failed")
                .doesNotContain("java of new");
        assertThat(root.resolve("server/target/cordwood-build.lock")).doesNotExist();
    }

    @Test
    void withoutMavenItSaysThatItIsMissing() throws Exception {
        jdk("new", "25.0.1");
        Files.delete(jar());

        Launched launched = launch(Map.of());

        assertThat(launched.exitCode()).isEqualTo(69);
        assertThat(launched.output()).contains("Maven (mvn) was not found");
    }

    @Test
    void aBuildThatWasKilledDoesNotLockOutTheNext() throws Exception {
        jdk("new", "25.0.1");
        maven(": > '" + jar() + "'; mkdir -p server/target/lib");
        Files.delete(jar());
        Path lock = Files.createDirectories(root.resolve("server/target/cordwood-build.lock"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");

        assertThat(launch(Map.of()).exitCode()).isZero();
    }

    private Launched launch(Map<String, String> variables, String... arguments) throws Exception {
        return launch(root.resolve("cordwood"), variables, arguments);
    }

    private Launched launch(Path file, Map<String, String> variables, String... arguments)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(file.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("CORDWOOD_JDK_FOLDERS", "/nowhere:" + jdks);
        builder.environment().putAll(variables);
        Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Launched(process.waitFor(), output);
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = Files.createDirectories(jdks.resolve(name));
        Files.writeString(jdk.resolve("release"),
                "IMPLEMENTOR=\"Us\"\nJAVA_VERSION=\"" + version + "\"\n");
        Files.createDirectories(jdk.resolve("bin"));
        script(jdk.resolve("bin/javac"), "exit 1");
        script(jdk.resolve("bin/java"), "echo 'java of " + name + ":'; printf '<%s>\\n' \"$@\"");
        return jdk;
    }

    private void maven(String body) throws IOException {
        script(tools.resolve("mvn"), body);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path jar() {
        return root.resolve("server/target/cordwood-server-1.jar");
    }

    private static void age(Path file, int seconds) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    private static Path find(String tool) {
        return List.of("/usr/bin", "/bin").stream().map(place -> Path.of(place, tool))
                .filter(Files::exists).findFirst().orElseThrow();
    }

    private static Path launcher() {
        Path here = Path.of("cordwood");
        return Files.isRegularFile(here) ? here : Path.of("..", "cordwood");
    }

    private record Launched(int exitCode, String output) {}
}
