package io.cordwood.kafka.producers;

import io.cordwood.store.batch.ProducerIdentity;
import org.apache.kafka.common.protocol.Errors;

/** Reads instances of producers out of requests. */
public final class Identities {

    private Identities() {}

    /**
     * The instance of a producer.
     *
     * @throws org.apache.kafka.common.errors.InvalidPidMappingException when there can be none
     */
    public static ProducerIdentity of(long producerId, short producerEpoch) {
        if (producerId < 0 || producerEpoch < 0) {
            throw Errors.INVALID_PRODUCER_ID_MAPPING.exception();
        }
        return new ProducerIdentity(producerId, producerEpoch);
    }
}
