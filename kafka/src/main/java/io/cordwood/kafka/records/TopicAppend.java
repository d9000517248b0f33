package io.cordwood.kafka.records;

import io.cordwood.kafka.configs.TopicRules;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.log.TopicKey;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.store.batch.ValidBatch;
import java.util.Optional;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * What arrives for a topic in one request, and the rules that it comes under.
 *
 * @param rules none where there is no such topic
 */
record TopicAppend(TopicKey key, Optional<TopicRules> rules, long arrivalMillis) {

    static TopicAppend of(KafkaLog log, TopicKey key) {
        ManifestState state = log.state();
        return new TopicAppend(key, key.find(state).map(topic -> TopicRules.of(state, topic)),
                log.loop().now().toEpochMilli());
    }

    /** A batch as the topic takes it; throws what is wrong with it. */
    ValidBatch admit(ValidBatch batch) {
        return rules.orElseThrow(() -> key.unknown().exception()).admit(batch, arrivalMillis);
    }

    /** The time that its records have been stamped with; Kafka's word for none. */
    long appendTimeMillis() {
        return rules.filter(TopicRules::stamped).isPresent()
                ? arrivalMillis
                : RecordBatch.NO_TIMESTAMP;
    }
}
