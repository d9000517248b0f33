package io.cordwood.simulation.truth;

import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.ProducerIdentity;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What stands on a batch about its producer, read from the very bytes, as Kafka's consumers do:
 * whatever the manifest says of the batch is held against it.
 *
 * @param producer none if it is one that need not be recognised
 */
public record BatchStamp(Optional<ProducerIdentity> producer, int firstSequence, Kind kind) {

    private static final int ATTRIBUTES = 21;
    private static final int PRODUCER_ID = 43;
    private static final int PRODUCER_EPOCH = 51;
    private static final int FIRST_SEQUENCE = 53;
    private static final int TRANSACTIONAL = 0x10;
    private static final int CONTROL = 0x20;

    /** In the key of the one record of a control batch, all of whose lengths take one byte. */
    private static final int CONTROL_TYPE = BatchHeader.SIZE + 7;
    private static final int COMMIT = 1;

    /** Reads the stamp of the batch that begins at a position. */
    static BatchStamp of(ByteBuffer bytes, int position) {
        long id = bytes.getLong(position + PRODUCER_ID);
        return new BatchStamp(id < 0
                ? Optional.empty()
                : Optional.of(new ProducerIdentity(id, bytes.getShort(position + PRODUCER_EPOCH))),
                bytes.getInt(position + FIRST_SEQUENCE), kind(bytes, position));
    }

    private static Kind kind(ByteBuffer bytes, int position) {
        short attributes = bytes.getShort(position + ATTRIBUTES);
        if ((attributes & CONTROL) != 0) {
            return bytes.getShort(position + CONTROL_TYPE) == COMMIT ? Kind.COMMIT : Kind.ABORT;
        }
        return (attributes & TRANSACTIONAL) != 0 ? Kind.TRANSACTIONAL : Kind.PLAIN;
    }

    /** Whether its records belong to a transaction. */
    public boolean isTransactional() {
        return kind == Kind.TRANSACTIONAL;
    }

    /** What a batch is to a transaction. */
    public enum Kind {
        /** Nothing. */
        PLAIN,
        /** It is part of one. */
        TRANSACTIONAL,
        /** It ends one, whose records count. */
        COMMIT,
        /** It ends one, whose records do not. */
        ABORT
    }
}
