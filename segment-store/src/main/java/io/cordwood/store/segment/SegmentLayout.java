package io.cordwood.store.segment;

/**
 * The bytes of a segment, version 1. All numbers are big-endian; sizes are in bytes.
 *
 * <pre>
 *  Segment   +--------+-------+-------+-- ... --+-------+--------+
 *            | header | run 0 | run 1 |         | index | footer |
 *            +--------+-------+-------+-- ... --+-------+--------+
 *
 *  Header    0      4         6       8                       24         28
 *            +------+---------+-------+------------------------+----------+--------+
 *            | CWSG | version | flags | segment id (UUID)      | reserved | CRC    |
 *            |      | = 1     |       |                        | = 0      | of 0-27|
 *            +------+---------+-------+------------------------+----------+--------+ 32
 *            flags, bit 0: runs carry absolute offsets, else relative to the run
 *
 *  Run       RecordBatch v2, RecordBatch v2, ...                    back to back
 *
 *  Index     0          4
 *            +----------+-- ... --+-- ... ---+-----------+
 *            | run      | run     | stretches| CRC of    | all stretches of run 0, of run 1, ...
 *            | count    | entries |          | the index | the CRC: of what lies before it
 *            +----------+-- ... --+-- ... ---+-----------+
 *
 *  Run entry 0         16          20         28       32        36
 *            +----------+-----------+----------+--------+---------+
 *            | topic id | partition | position | length | batches |
 *            +----------+-----------+----------+--------+---------+
 *            36          44        48         56         64    68          72
 *            +------------+---------+----------+----------+-----+-----------+
 *            | base offset| offsets | min time | max time | CRC | stretches |
 *            +------------+---------+----------+----------+-----+-----------+ 72
 *            position: of the run in the segment; offsets: how many the run spans;
 *            base offset: 0 unless flag bit 0; times in milliseconds; CRC: of the run's bytes;
 *            min time: where runs were merged, of the first records of their batches
 *
 *  Stretch   0              4             8
 *            +--------------+-------------+-----------+
 *            | offset delta | position    | max time  |
 *            | in the run   | in the run  | of it     |
 *            +--------------+-------------+-----------+ 16
 *            some batches of a run, at least 64 KiB; a run that is shorter has none
 *
 *  Footer    0                8        12               20         24
 *            +----------------+--------+----------------+----------+------+
 *            | index position | index  | segment length | CRC      | GSWC |
 *            |                | length |                | of 0-19  |      |
 *            +----------------+--------+----------------+----------+------+ 28
 * </pre>
 *
 * Runs are sorted by topic id (as its bytes are) and partition, and by place in the partition where
 * there are several. Every CRC is a CRC-32C; the index has its own, because readers fetch it alone.
 * A segment is never changed; a later format gets another version.
 */
final class SegmentLayout {

    static final int MAGIC = 0x43575347;
    static final short VERSION = 1;
    static final short FLAG_ABSOLUTE_OFFSETS = 1;
    static final int HEADER_FLAGS = 6;
    static final int HEADER_SIZE = 32;
    static final int HEADER_CRC = 28;

    static final int RUN_COUNT_SIZE = 4;
    static final int INDEX_CRC_SIZE = 4;
    static final int RUN_ENTRY_SIZE = 72;
    static final int STRETCH_SIZE = 16;

    static final int FOOTER_MAGIC = 0x47535743;
    static final int FOOTER_SIZE = 28;
    static final int FOOTER_CRC = 20;

    /** How much of a run in bytes a stretch covers at least. */
    static final int STRETCH_LENGTH_MIN = 64 << 10;

    private SegmentLayout() {}
}
