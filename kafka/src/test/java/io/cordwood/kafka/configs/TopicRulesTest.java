package io.cordwood.kafka.configs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cordwood.manifest.event.ConfigChange;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.ManifestEvent.ConfigsChanged;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.batch.BatchEncoder;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.batch.ValidBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the settings of a topic mean for what is appended to it. */
class TopicRulesTest {

    private static final UUID TOPIC = new UUID(1, 1);
    private static final long NOW = 1_700_000_000_000L;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Test
    void withoutSettingsABatchIsTakenAsItIs() {
        ValidBatch batch = batch(keyless(NOW - 50 * HOUR), keyless(LogRecord.NO_TIMESTAMP));

        assertThat(rules(Map.of()).admit(batch, NOW)).isSameAs(batch);
        assertThat(rules(Map.of()).deletes()).isTrue();
        assertThat(rules(Map.of()).limits()).isEqualTo(BatchLimits.STANDARD);
    }

    @Test
    void aBatchThatIsLargerThanTheTopicTakesIsRefused() {
        ValidBatch batch = batch(keyless(NOW));
        Map<String, String> tooSmall = Map.of("max.message.bytes", "" + (batch.size() - 1));
        Map<String, String> large = Map.of("max.message.bytes", "" + batch.size());

        assertThat(refusal(rules(tooSmall), batch)).isEqualTo(Reason.RECORD_TOO_LARGE);
        assertThat(rules(large).admit(batch, NOW)).isSameAs(batch);
        assertThat(rules(large).limits().sizeMax()).isEqualTo(batch.size());
        assertThat(rules(Map.of("max.message.bytes", "0")).limits().sizeMax()).isPositive();
    }

    @Test
    void recordsAreStampedWithTheirArrivalWhateverTheySay() {
        TopicRules rules = rules(Map.of("message.timestamp.type", "LogAppendTime"));

        ValidBatch admitted = rules.admit(batch(keyless(7), keyless(NOW + 50 * HOUR)), NOW);

        assertThat(admitted.isStamped()).isTrue();
        assertThat(admitted.timestamps()).isEqualTo(new TimestampRange(NOW, NOW));
        rules.check(keyless(NOW + 50 * HOUR), NOW);
    }

    @Test
    void aProducerDoesNotStampItself() {
        assertThat(refusal(rules(Map.of()), batch(keyless(NOW)).stampedAt(NOW)))
                .isEqualTo(Reason.INVALID_TIMESTAMP);
    }

    @Test
    void recordsThatAreDatedTooFarFromTheirArrivalAreRefused() {
        TopicRules rules = rules(Map.of("message.timestamp.before.max.ms", "1000",
                "message.timestamp.after.max.ms", "2000"));

        for (long good : new long[]{NOW - 1_000, NOW, NOW + 2_000, LogRecord.NO_TIMESTAMP}) {
            rules.admit(batch(keyless(good)), NOW);
            rules.check(keyless(good), NOW);
        }
        for (long bad : new long[]{0, NOW - 1_001, NOW + 2_001,
                LogRecord.TIMESTAMP_MAX_MILLIS}) {
            assertThat(refusal(rules, batch(keyless(LogRecord.NO_TIMESTAMP), keyless(bad),
                    keyless(NOW)))).isEqualTo(Reason.INVALID_TIMESTAMP);
            assertThat(catchThrowable(() -> rules.check(keyless(bad), NOW)))
                    .isInstanceOf(RejectedException.class);
        }
    }

    @Test
    void byDefaultTheFutureIsAnHourLong() {
        assertThat(refusal(rules(Map.of()), batch(keyless(NOW + HOUR + 1))))
                .isEqualTo(Reason.INVALID_TIMESTAMP);
        rules(Map.of()).admit(batch(keyless(NOW + HOUR)), NOW);
    }

    @Test
    void whatIsCompactedHasKeys() {
        TopicRules rules = rules(Map.of("cleanup.policy", "compact"));
        LogRecord keyed = new LogRecord(NOW, Optional.of(ByteBuffer.allocate(0)),
                Optional.empty(), List.of());

        assertThat(refusal(rules, batch(keyed, keyless(NOW)))).isEqualTo(Reason.INVALID_RECORD);
        assertThat(catchThrowable(() -> rules.check(keyless(NOW), NOW))).isNotNull();
        rules.admit(batch(keyed), NOW);
        assertThat(rules.deletes()).isFalse();
        assertThat(rules(Map.of("cleanup.policy", "compact, delete")).deletes()).isTrue();
    }

    @Test
    void whatBrokersHaveCountsWhereTheTopicHasNothing() {
        EntryChain chain = EntryChain.elected();
        chain.append(new TopicCreated(TOPIC, new TopicName("orders"), 1),
                new ConfigsChanged(new ConfigScope.AllBrokers(), change(
                        Map.of("message.max.bytes", "100"))));
        assertThat(rules(chain.state()).batchBytesMax()).isEqualTo(100);

        chain.append(new ConfigsChanged(new ConfigScope.Topic(TOPIC), change(
                Map.of("max.message.bytes", "200"))));

        assertThat(rules(chain.state()).batchBytesMax()).isEqualTo(200);
    }

    private static TopicRules rules(Map<String, String> configs) {
        return rules(EntryChain.elected().append(new TopicCreated(TOPIC, new TopicName("orders"),
                1, Configs.of(configs))));
    }

    private static TopicRules rules(ManifestState state) {
        return TopicRules.of(state, state.topic(TOPIC).orElseThrow());
    }

    private static ConfigChange change(Map<String, String> values) {
        return new ConfigChange(Configs.of(values), new TreeSet<>());
    }

    private static Reason refusal(TopicRules rules, ValidBatch batch) {
        return ((RejectedException) catchThrowable(() -> rules.admit(batch, NOW))).reason();
    }

    private static ValidBatch batch(LogRecord... records) {
        return new BatchEncoder(BatchLimits.STANDARD).encode(List.of(records)).getFirst();
    }

    private static LogRecord keyless(long millis) {
        return new LogRecord(millis, Optional.empty(), Optional.empty(), List.of());
    }
}
