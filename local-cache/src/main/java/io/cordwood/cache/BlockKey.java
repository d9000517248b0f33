package io.cordwood.cache;

import io.cordwood.store.object.ObjectKey;
import java.util.Optional;

/** Which block of which object. */
record BlockKey(ObjectKey object, long index) {

    BlockKey {
        if (index < 0) {
            throw new IllegalArgumentException("blocks are numbered from 0, not " + index);
        }
    }

    /** The block that holds the byte at that position of the object. */
    static BlockKey at(ObjectKey object, long position) {
        return new BlockKey(object, position / Block.BYTES_MAX);
    }

    /** Where the block begins in the object. */
    long position() {
        return index * Block.BYTES_MAX;
    }

    /** The peer whose it is; empty if it is this cache's own. */
    Optional<Peers.Peer> owner(Peers peers) {
        return peers.ownerOf(object, position() / CachingObjectStore.PORTION_BYTES);
    }
}
