package io.cordwood.indexer.compact;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The last offset of each of many keys, in bounded memory. A key is remembered by 16 bytes of its
 * SHA-256: two keys that are taken for one do not happen, not even to who tries.
 *
 * <p>A table with open addresses: a key is looked for from where its digest says, up to a place
 * that is free. Not safe for use by several threads at once.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Open_addressing">Open addressing</a>
 */
final class LatestOffsets {

    private static final int SLOT_LONGS = 3;
    private static final int SLOTS_MIN = 1 << 8;

    private final MessageDigest sha256;
    private final int slotsMax;
    private long[] table = new long[SLOTS_MIN * SLOT_LONGS];
    private int count;

    /** None yet, and never more than so many bytes of them, but for the smallest of tables. */
    LatestOffsets(int bytesMax) {
        this.slotsMax = Math.max(SLOTS_MIN,
                Integer.highestOneBit(bytesMax / (SLOT_LONGS * Long.BYTES)));
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new AssertionError("every Java platform has SHA-256", missing);
        }
    }

    /**
     * Remembers that a record of a key is at an offset, which is after all others of the key.
     *
     * @return whether there was room for it
     */
    boolean put(ByteBuffer key, long offset) {
        ByteBuffer digest = digest(key);
        long high = digest.getLong(0);
        long low = digest.getLong(Long.BYTES);
        int slot = slot(high, low);
        if (table[slot + 2] == 0) {
            if (!hasRoom()) {
                return false;
            }
            slot = slot(high, low);
            table[slot] = high;
            table[slot + 1] = low;
            count++;
        }
        table[slot + 2] = offset + 1;
        return true;
    }

    /** Whether a record of the key after an offset is known of. */
    boolean isSuperseded(ByteBuffer key, long offset) {
        ByteBuffer digest = digest(key);
        return table[slot(digest.getLong(0), digest.getLong(Long.BYTES)) + 2] > offset + 1;
    }

    /** How many keys there are. */
    int count() {
        return count;
    }

    /** Three quarters are used at most; up to the bound, the table grows then. */
    private boolean hasRoom() {
        int slots = table.length / SLOT_LONGS;
        if (count < slots / 4 * 3) {
            return true;
        }
        if (slots == slotsMax) {
            return false;
        }
        long[] old = table;
        table = new long[2 * old.length];
        for (int from = 0; from < old.length; from += SLOT_LONGS) {
            if (old[from + 2] != 0) {
                System.arraycopy(old, from, table, slot(old[from], old[from + 1]), SLOT_LONGS);
            }
        }
        return true;
    }

    /** Where a key is, or is to be. */
    private int slot(long high, long low) {
        int mask = table.length / SLOT_LONGS - 1;
        int slot = (int) low & mask;
        while (table[slot * SLOT_LONGS + 2] != 0 && (table[slot * SLOT_LONGS] != high
                || table[slot * SLOT_LONGS + 1] != low)) {
            slot = (slot + 1) & mask;
        }
        return slot * SLOT_LONGS;
    }

    private ByteBuffer digest(ByteBuffer key) {
        sha256.update(key.duplicate());
        return ByteBuffer.wrap(Arrays.copyOf(sha256.digest(), 2 * Long.BYTES));
    }
}
