package io.cordwood.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.server.settings.ServerSettings.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {

    private static final long HEAP = 1L << 30;

    @Test
    void withoutAnySettingANodeDoesEverythingForItsMachineAlone() {
        Cluster cluster = read(Map.of());

        assertThat(cluster).isEqualTo(new Cluster(new HostPort("127.0.0.1", 9094),
                Optional.empty(), Optional.empty(), Optional.empty(), Set.of(NodeRole.values())));
    }

    @Test
    void everythingCanBeSet() {
        Cluster cluster = read(Map.of(Setting.CLUSTER, "0.0.0.0:1",
                Setting.CLUSTER_ADVERTISED, "node-1.example.org:2", Setting.NODE_NAME, "node-1",
                Setting.NODE_ZONE, "eu-central-1a", Setting.NODE_ROLES, "query,ingest"));

        assertThat(cluster).isEqualTo(new Cluster(new HostPort("0.0.0.0", 1),
                Optional.of(new HostPort("node-1.example.org", 2)), Optional.of("node-1"),
                Optional.of("eu-central-1a"), Set.of(NodeRole.INGEST, NodeRole.QUERY)));
    }

    @Test
    void aNodeIsReachedWhereItListens() {
        assertThat(read(Map.of(Setting.CLUSTER, "10.0.0.7:0")).address("machine", 4711))
                .isEqualTo(new HostPort("10.0.0.7", 4711));
    }

    @Test
    void whoListensOnAllAddressesIsReachedByTheNameOfTheMachine() {
        for (String all : List.of("0.0.0.0:0", "[::]:0")) {
            assertThat(read(Map.of(Setting.CLUSTER, all)).address("machine", 4711))
                    .isEqualTo(new HostPort("machine", 4711));
        }
    }

    @Test
    void anAddressThatIsAdvertisedIsTheOne() {
        assertThat(read(Map.of(Setting.CLUSTER, "0.0.0.0:1", Setting.CLUSTER_ADVERTISED,
                "node-1:2")).address("machine", 1)).isEqualTo(new HostPort("node-1", 2));
    }

    @Test
    void aNodeIsCalledByItsMachineAndPortUnlessItHasAName() {
        assertThat(read(Map.of()).name("machine.example.org", 9094))
                .isEqualTo("machine.example.org:9094");
        assertThat(read(Map.of(Setting.NODE_NAME, "node-1")).name("machine", 9094))
                .isEqualTo("node-1");
    }

    @Test
    void whateverAMachineIsCalledTheNodeHasAName() {
        assertThat(read(Map.of()).name("m\u00fchle 7", 1)).isEqualTo("m-hle-7:1");
        assertThat(read(Map.of()).name("x".repeat(253), 65_535))
                .isEqualTo("x".repeat(94) + ":65535").hasSize(Member.NAME_LENGTH_MAX);
        assertThat(read(Map.of()).name("", 1)).isEqualTo(":1");
    }

    @Test
    void namesAndZonesAreOfPlainCharacters() {
        assertThat(read(Map.of(Setting.NODE_NAME, "Aa0._:-")).name()).contains("Aa0._:-");
        assertThat(read(Map.of(Setting.NODE_NAME, "x".repeat(100))).name()).isPresent();
        for (String wrong : List.of("a b", "\u00fc", "a/b", "x".repeat(101))) {
            for (Setting setting : List.of(Setting.NODE_NAME, Setting.NODE_ZONE)) {
                assertThatThrownBy(() -> read(Map.of(setting, wrong)))
                        .isInstanceOf(InvalidSettingsException.class)
                        .hasMessageContaining(setting.key() + " is '" + wrong + "'")
                        .hasMessageContaining("100 at most");
            }
        }
    }

    @Test
    void rolesAreSomeOfThoseThatThereAre() {
        assertThat(roles("indexer")).containsExactly(NodeRole.INDEXER);
        assertThat(roles("ingest, query ,ingest"))
                .containsExactlyInAnyOrder(NodeRole.INGEST, NodeRole.QUERY);
        for (String wrong : List.of("", ",", "ingest,", "all", "Ingest", "ingest query")) {
            assertThatThrownBy(() -> roles(wrong)).isInstanceOf(InvalidSettingsException.class)
                    .hasMessageContaining("one or more of ingest, query and indexer");
        }
    }

    private static Set<NodeRole> roles(String text) {
        return read(Map.of(Setting.NODE_ROLES, text)).roles();
    }

    private static Cluster read(Map<Setting, String> flags) {
        return new SettingsSources().flags(flags).resolve(HEAP).cluster();
    }
}
