package io.cordwood.history.write;

/**
 * How a file is divided.
 *
 * @param rowGroupBytes how large a row group grows as it is stored, about; unpacked it may be four
 *        times as large
 * @param pageBytes how large a page grows before it is compressed, about
 * @param pageRows how many records are on a page at most
 * @param keyFilter what is written to find keys by
 */
public record FileLayout(int rowGroupBytes, int pageBytes, int pageRows, KeyFilter keyFilter) {

    /**
     * Row groups of 16 MiB, pages of 256 KiB and 4,000 records, no filter: a fetch of a mebibyte
     * from anywhere reads little more than that.
     */
    public static final FileLayout STANDARD = new FileLayout(16 << 20, 256 << 10, 4_000,
            KeyFilter.NONE);

    private static final int UNPACKED_SHARE = 4;

    public FileLayout {
        if (rowGroupBytes <= 0 || pageBytes <= 0 || pageRows <= 0) {
            throw new IllegalArgumentException("row groups and pages hold something");
        }
    }

    /** How large a row group grows when unpacked, in bytes: readers hold all of it. */
    public long rowGroupUnpackedBytes() {
        return (long) rowGroupBytes * UNPACKED_SHARE;
    }

    /** The same, with another filter. */
    public FileLayout withKeyFilter(KeyFilter filter) {
        return new FileLayout(rowGroupBytes, pageBytes, pageRows, filter);
    }

    /** What is written beside the keys, so that readers know row groups that lack one. */
    public enum KeyFilter {
        /** Nothing. */
        NONE,
        /**
         * A Bloom filter for each row group, of a size for the keys that are there, with one answer
         * in a hundred wrong: about 1.2 bytes for each of them, in the tail. Worth it where keys
         * come again and are asked for.
         */
        BLOOM
    }
}
