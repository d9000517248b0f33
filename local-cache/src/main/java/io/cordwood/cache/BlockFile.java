package io.cordwood.cache;

import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block file: written once, whole, under a name that no other file has had. So a file that is
 * being deleted is never mistaken for one that was written since.
 *
 * @param serial counts the files of a directory
 * @param bytes the size of the file
 */
record BlockFile(BlockName name, long serial, int bytes) {

    /** What the names of block files end with. */
    static final String SUFFIX = ".block";

    private static final int PAGE_BYTES = 4 << 10;
    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
    private static final Pattern FILE_NAME = Pattern.compile(
            "([0-9a-f]{16})([0-9a-f]{16})-" + NUMBER + "-" + NUMBER + Pattern.quote(SUFFIX));

    /** The file that a directory entry of that name and size is, if it is one of ours. */
    static Optional<BlockFile> parse(String fileName, int bytes) {
        Matcher parts = FILE_NAME.matcher(fileName);
        if (!parts.matches()) {
            return Optional.empty();
        }
        BlockName name = new BlockName(HexFormat.fromHexDigitsToLong(parts.group(1)),
                HexFormat.fromHexDigitsToLong(parts.group(2)), Long.parseLong(parts.group(3)));
        return Optional.of(new BlockFile(name, Long.parseLong(parts.group(4)), bytes));
    }

    String fileName() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(name.hashHigh()) + hex.toHexDigits(name.hashLow()) + "-"
                + name.index() + "-" + serial + SUFFIX;
    }

    /** What the file takes on disk: whole pages. */
    int diskBytes() {
        return Math.ceilDiv(bytes, PAGE_BYTES) * PAGE_BYTES;
    }
}
