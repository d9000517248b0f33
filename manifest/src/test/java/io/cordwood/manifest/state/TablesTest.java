package io.cordwood.manifest.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.commit.Decision;
import io.cordwood.manifest.commit.PublishTable;
import io.cordwood.manifest.event.ManifestEvent.TablePublished;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.TableVersion;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.store.layout.DataObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of a topic's table, and of what it was before. */
class TablesTest {

    private static final UUID TOPIC = new UUID(1, 1);

    private final EntryChain chain = EntryChain.elected();

    TablesTest() {
        chain.append(new TopicCreated(TOPIC, new TopicName("orders"), 2));
    }

    @Test
    void aTopicHasTheTableThatWasPublishedLast() {
        assertThat(topic().table()).isEmpty();

        publish(version(1, 1));
        assertThat(topic().table()).contains(version(1, 1));

        publish(version(2, 1));
        assertThat(topic().table()).contains(version(2, 1));
    }

    @Test
    void whatATableWasBeforeIsGarbage() {
        publish(version(1, 2));
        assertThat(garbage()).isEmpty();

        publish(version(2, 1));

        assertThat(garbage()).containsExactly(piece(1, 0), piece(1, 1), piece(1, 2), piece(1, 3));
    }

    @Test
    void theTableOfATopicThatIsDeletedIsGarbage() {
        publish(version(1, 1));

        chain.append(new TopicDeleted(TOPIC));

        assertThat(garbage()).containsExactly(piece(1, 0), piece(1, 1), piece(1, 2));
    }

    @Test
    void aVersionIsAcceptedOnlyAfterTheOneBefore() {
        assertThat(decide(TOPIC, version(2, 1))).isInstanceOf(Decision.Refused.class);
        assertThat(decide(new UUID(1, 2), version(1, 1))).isInstanceOf(Decision.Refused.class);
        assertThat(decide(TOPIC, version(1, 1))).isInstanceOf(Decision.Accepted.class);

        publish(version(1, 1));

        assertThat(decide(TOPIC, version(1, 1))).isInstanceOf(Decision.Refused.class);
        assertThatThrownBy(() -> publish(version(1, 1))).isInstanceOf(AssertionError.class);
    }

    private Decision<TableVersion> decide(UUID topic, TableVersion version) {
        return new PublishTable(topic, version).decide(chain.state(), 0);
    }

    private void publish(TableVersion version) {
        chain.append(new TablePublished(TOPIC, version));
    }

    private static TableVersion version(long number, int manifests) {
        return new TableVersion(new UUID(9, number), number, manifests, number);
    }

    private static DataObject piece(long number, int piece) {
        return new DataObject.Table(TOPIC, new UUID(9, number), piece);
    }

    private TopicState topic() {
        return chain.state().topic(TOPIC).orElseThrow();
    }

    private List<DataObject> garbage() {
        List<DataObject> garbage = new ArrayList<>();
        chain.state().references().garbage().forEach(garbage::add);
        return garbage;
    }
}
