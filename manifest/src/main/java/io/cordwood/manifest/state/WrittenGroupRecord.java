package io.cordwood.manifest.state;

import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.store.batch.ProducerIdentity;
import java.util.Optional;

/**
 * A record of a shard.
 *
 * @param transaction the producer in whose open transaction it is pending
 */
public record WrittenGroupRecord(GroupRecord record, Optional<ProducerIdentity> transaction) {}
