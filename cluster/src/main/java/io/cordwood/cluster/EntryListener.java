package io.cordwood.cluster;

import java.nio.ByteBuffer;

/** Wants to have the records of the entries that the committer tells of. */
@FunctionalInterface
public interface EntryListener {

    /**
     * An entry with records in it is in the log. Called on the loop, before it is applied.
     *
     * @param object its bytes, as they are in the bucket; only to be read
     */
    void told(long sequence, ByteBuffer object);
}
