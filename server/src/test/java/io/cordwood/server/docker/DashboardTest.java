package io.cordwood.server.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cordwood.server.endtoend.RunningServer;
import io.cordwood.server.observe.Metrics;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ByteSource;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboard asks for is what a node shows. */
@Timeout(60)
class DashboardTest {

    private static final JsonNode DASHBOARD = DockerFiles.document("grafana/cordwood.json");
    private static final Pattern METRIC = Pattern.compile(
            "\\b((?:cordwood|jvm|process|system)_[a-z0-9_]+)");
    private static final Pattern SHOWN = Pattern.compile("(?m)^([a-z0-9_]+)[{ ]");
    private static final Pattern OPERATION = Pattern.compile("operation=~?\"([^\"]*)\"");

    @TempDir
    private Path folder;

    @Test
    void everyMetricIsOneThatARunningNodeShows() throws Exception {
        try (RunningServer server = RunningServer.start("file:" + folder.resolve("bucket"),
                folder.resolve("local"));
                HttpClient client = HttpClient.newHttpClient()) {
            client.send(HttpRequest.newBuilder(server.uri("/admin/topics"))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers
                            .ofString("{\"topic_name\":\"words\",\"partitions_count\":1}"))
                    .build(), BodyHandlers.discarding());

            try (Admin admin = Admin.create(Map.of("bootstrap.servers", server.kafka()))) {
                admin.alterConsumerGroupOffsets("readers", Map.of(new TopicPartition("words", 0),
                        new OffsetAndMetadata(0))).all().get(30, TimeUnit.SECONDS);
            }

            String shown = client.send(HttpRequest.newBuilder(server.uri("/metrics")).build(),
                    BodyHandlers.ofString()).body();

            assertThat(expressions()).isNotEmpty()
                    .allSatisfy(expression -> assertThat(found(METRIC, expression))
                            .as(expression).isNotEmpty().isSubsetOf(found(SHOWN, shown)));
        }
    }

    @Test
    void everyKindOfRequestToTheBucketHasItsPriceButDeletesAreFree() {
        Metrics metrics = new Metrics();
        ObjectStore bucket = metrics.meter(new MemoryObjectStore(InstantSource.system()));
        ObjectKey key = new ObjectKey("a");
        Bytes bytes = Bytes.wrap(new byte[1]);
        bucket.put(key, bytes);
        bucket.putStream(key, ByteSource.of(bytes));
        bucket.putIfAbsent(key, bytes);
        bucket.read(key, 1);
        bucket.get(key, new ByteRange(0, 1));
        bucket.list(Listing.of(""));
        Set<String> paid = found(OPERATION, metrics.scrape());

        List<String> prices = expressions().stream()
                .filter(expression -> expression.contains("$write_price")).toList();

        assertThat(paid).hasSize(6);
        assertThat(prices).isNotEmpty().allSatisfy(expression -> assertThat(
                found(OPERATION, expression).stream()
                        .flatMap(operations -> Arrays.stream(operations.split("\\|"))))
                .containsExactlyInAnyOrderElementsOf(paid));
    }

    @Test
    void everyPanelSaysWhatItShowsAndIsInItsPlace() {
        List<JsonNode> panels = panels().toList();

        assertThat(panels).allSatisfy(panel -> assertThat(panel.get("description").asText())
                .as(panel.get("title").asText()).isNotBlank());
        assertThat(DASHBOARD.get("panels")).extracting(panel -> panel.get("gridPos"))
                .doesNotHaveDuplicates();
        assertThat(DASHBOARD.get("panels")).extracting(panel -> panel.get("id"))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyPanelAsksTheSourceThatIsProvided() {
        String provided = DockerFiles.document("grafana/datasources.yaml")
                .at("/datasources/0/uid").asText();

        assertThat(panels()).allSatisfy(
                panel -> assertThat(panel.at("/datasource/uid").asText()).isEqualTo(provided));
    }

    private static List<String> expressions() {
        return panels().flatMap(panel -> panel.get("targets").valueStream())
                .map(target -> target.get("expr").asText()).toList();
    }

    /** All but the rows. */
    private static Stream<JsonNode> panels() {
        return DASHBOARD.get("panels").valueStream()
                .filter(panel -> !panel.get("type").asText().equals("row"));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
    }
}
