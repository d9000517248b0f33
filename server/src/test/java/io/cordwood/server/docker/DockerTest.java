package io.cordwood.server.docker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordwood.server.settings.Setting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The image, and the clusters of it, as the files describe them. */
@Timeout(60)
class DockerTest {

    private static final String IMAGE = "Dockerfile";
    private static final String COMPOSE = "compose.yaml";
    private static final String LOCAL = "local-cluster";
    private static final String POD = "/spec/template";

    private static final Pattern VARIABLE = Pattern.compile("\\b(CORDWOOD_[A-Z0-9_]+)\\b");
    private static final Pattern ASSIGNED = Pattern
            .compile("(?m)^\\s*(?:export |ENV )?(CORDWOOD_[A-Z0-9_]+)=");
    private static final Pattern FROM = Pattern.compile("(?m)^FROM (\\S+)");
    private static final Pattern ENTRYPOINT = Pattern.compile("(?ms)^ENTRYPOINT (\\[.*?\\])$");
    private static final Pattern SERVERS_JVM = Pattern
            .compile("(?m)^ *((?:exec \"\\$jdk/bin/java\"|server\\) tuning=).*)$");
    private static final Pattern JVM_OPTION = Pattern
            .compile("(?:--[a-z-]+=|-XX:)[\\w=.+-]+");
    private static final String PINNED = ".+:(v?\\d+\\.\\d+\\.\\d+|RELEASE\\.\\d{4}-).*";

    private static final Set<String> OF_LAUNCHER = Set.of("CORDWOOD_JVM_OPTS");

    @Test
    void whatIsYamlOrJsonCanBeReadAsSuch() {
        List<String> files = DockerFiles.names().stream()
                .filter(name -> name.matches(".*\\.(ya?ml|json)")).toList();

        assertThat(files).contains(COMPOSE, "prometheus.yml", "grafana/cordwood.json",
                "kubernetes/node.yaml");
        assertThat(files).allSatisfy(name -> assertThat(DockerFiles.documents(name))
                .isNotEmpty().allMatch(JsonNode::isObject));
    }

    @Test
    void everySettingIsOneThatTheServerKnows() {
        Set<String> known = Arrays.stream(Setting.values()).map(Setting::variable)
                .collect(Collectors.toSet());

        assertThat(DockerFiles.names()).allSatisfy(name -> assertThat(
                DockerFiles.found(VARIABLE, name)).as(name)
                .isSubsetOf(union(known, OF_LAUNCHER)));
    }

    @Test
    void theClusterWithoutDockerHasTheSettingsOfTheOneWithIt() {
        Set<String> image = Set.copyOf(DockerFiles.found(ASSIGNED, IMAGE));
        Set<String> local = new TreeSet<>(DockerFiles.found(ASSIGNED, LOCAL));
        local.removeAll(OF_LAUNCHER);

        assertThat(nodes()).isNotEmpty().allSatisfy(node -> assertThat(local)
                .isEqualTo(union(image, settings(service(node)))));
    }

    @Test
    void everyImageThatIsNotBuiltHereIsOfOneVersion() {
        List<String> images = new ArrayList<>(DockerFiles.found(FROM, IMAGE));
        DockerFiles.document(COMPOSE).get("services").forEach(service -> {
            if (!service.has("build")) {
                images.add(service.get("image").asText());
            }
        });

        assertThat(images).hasSizeGreaterThan(4)
                .allSatisfy(image -> assertThat(image).matches(PINNED));
    }

    @Test
    void theServerInTheImageHasTheOptionsOfTheLauncher() {
        List<String> launcher = DockerFiles.found(SERVERS_JVM, "../cordwood");
        String entrypoint = DockerFiles.found(ENTRYPOINT, IMAGE).getFirst();

        assertThat(launcher).hasSize(2).allSatisfy(line -> assertThat(
                JVM_OPTION.matcher(line).results().map(match -> '"' + match.group() + '"'))
                .isNotEmpty().allSatisfy(option -> assertThat(entrypoint).contains(option)));
    }

    @Test
    void noPortIsOpenToOtherMachines() {
        List<String> ports = new ArrayList<>();
        DockerFiles.document(COMPOSE).get("services").forEach(service -> service.path("ports")
                .forEach(port -> ports.add(port.asText())));

        assertThat(ports).isNotEmpty()
                .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:"));
        assertThat(DockerFiles.text(LOCAL)).contains("CORDWOOD_HTTP=127.0.0.1:",
                "CORDWOOD_KAFKA=127.0.0.1:", "CORDWOOD_CLUSTER=127.0.0.1:");
    }

    @Test
    void prometheusAsksEveryNode() {
        List<String> asked = new ArrayList<>();
        DockerFiles.document("prometheus.yml").at("/scrape_configs/0/static_configs/0/targets")
                .forEach(target -> asked.add(target.asText()));

        assertThat(asked).isEqualTo(nodes().stream().map(node -> node + ":8082").toList());
    }

    @Test
    void theServicesOfKubernetesFindThePodsAndTheirPorts() {
        JsonNode pod = DockerFiles.document("kubernetes/node.yaml").at(POD);
        List<String> ports = new ArrayList<>();
        pod.at("/spec/containers/0/ports").forEach(port -> ports.add(port.get("name").asText()));

        assertThat(DockerFiles.documents("kubernetes/service.yaml")).hasSize(2)
                .allSatisfy(document -> {
                    JsonNode service = document.get("spec");
                    assertThat(pod.at("/metadata/labels")).isEqualTo(service.get("selector"))
                            .isEqualTo(DockerFiles.document("kubernetes/node.yaml")
                                    .at("/spec/selector/matchLabels"));
                    assertThat(service.get("ports")).isNotEmpty().allSatisfy(port -> assertThat(
                            ports).contains(port.get("targetPort").asText()));
                });
    }

    /** Of the service it would make CORDWOOD_PORT and others, with which no server starts. */
    @Test
    void kubernetesMakesNoVariablesThatTheServerTakesForSettings() {
        assertThat(DockerFiles.document("kubernetes/node.yaml").at(POD)
                .at("/spec/enableServiceLinks").asBoolean(true)).isFalse();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theClusterWithoutDockerSaysHowItIsStarted() throws IOException, InterruptedException {
        assertThat(output(0, "--help")).contains("Usage: docker/local-cluster", "127.0.0.1");
        assertThat(output(1, "--nodes")).contains("no option '--nodes'", "--help");
    }

    private static String output(int exitCode, String argument)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(DockerFiles.path(LOCAL).toString(), argument)
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isEqualTo(exitCode);
        return output;
    }

    /** The nodes among the services. */
    private static List<String> nodes() {
        return DockerFiles.document(COMPOSE).get("services").propertyStream()
                .map(service -> service.getKey()).filter(name -> name.startsWith("node-"))
                .toList();
    }

    private static JsonNode service(String name) {
        return DockerFiles.document(COMPOSE).at("/services/" + name);
    }

    private static Set<String> settings(JsonNode service) {
        return service.get("environment").propertyStream().map(variable -> variable.getKey())
                .filter(name -> name.startsWith("CORDWOOD_")).collect(Collectors.toSet());
    }

    private static Set<String> union(Set<String> some, Set<String> more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(more);
        return all;
    }
}
