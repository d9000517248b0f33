package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.TransactionalId;

/** How many bytes the events of transactions take in an entry. */
final class TransactionSizes {

    /** Of an event, its transactional id in three bytes a character, and any shards. */
    static final int EVENT_SIZE_MAX = 128 + 3 * TransactionalId.LENGTH_MAX + GroupShard.COUNT;

    /** Of a partition that joins. */
    static final int PARTITION_SIZE_MAX = 32;

    /** Of a partition that is told of the end: its run, its batch, its place in the index. */
    static final int END_SIZE_MAX = 64 + 80 + 72;

    private TransactionSizes() {}
}
