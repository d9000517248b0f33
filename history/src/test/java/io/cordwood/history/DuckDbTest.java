package io.cordwood.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.history.write.FileLayout;
import io.cordwood.history.write.FinishedFile;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.object.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another reader of Parquet reads the same records. */
class DuckDbTest {

    private static final RandomLog LOG = RandomLog.of(9, 150, 300);

    @TempDir
    private Path folder;

    @Test
    void theRecordsAreThere() throws SQLException, IOException {
        List<Row> rows = new ArrayList<>();
        query("""
                select "offset", coalesce(epoch_ms("timestamp"), -1), hex(key), hex(value),
                array_to_string(list_transform(headers, lambda h: h.key || '='
                    || coalesce(hex(h.value), '-')), ','),
                producer_id, producer_epoch, sequence, attributes from $file""",
                result -> rows.add(new Row(result.getLong(1), result.getLong(2),
                        Optional.ofNullable(result.getString(3)),
                        Optional.ofNullable(result.getString(4)), result.getString(5),
                        result.getLong(6), result.getInt(7), result.getInt(8),
                        result.getInt(9))));

        assertThat(rows).isEqualTo(LOG.seen().stream().map(Row::of).toList());
    }

    @Test
    void whatWasAbortedCanBeLeftOut() throws SQLException, IOException {
        List<Long> offsets = new ArrayList<>();
        query("select \"offset\" from $file where aborted", row -> offsets.add(row.getLong(1)));

        assertThat(offsets).isNotEmpty().isEqualTo(LOG.seen().stream()
                .filter(record -> record.transactional() && !record.control()
                        && isAborted(record))
                .map(SeenRecord::offset).toList());
    }

    @Test
    void theFileSaysWhatItIs() throws SQLException, IOException {
        List<String> facts = new ArrayList<>();
        query("select decode(key) || '=' || decode(value) from parquet_kv_metadata($file)",
                row -> facts.add(row.getString(1)));

        assertThat(facts).contains("cordwood.history.format=1", "kafka.topic=orders",
                "kafka.topic.id=00000000-0000-0001-0000-000000000002", "kafka.partition=3",
                "cordwood.segments=segment-1,segment-2",
                "kafka.base.offset=" + LOG.baseOffset(),
                "kafka.next.offset=" + LOG.nextOffset());
    }

    @Test
    void aBloomFilterKnowsRowGroupsWithoutAKey() throws SQLException, IOException {
        List<Boolean> excluded = new ArrayList<>();
        query("""
                select bloom_filter_excludes from parquet_bloom_probe($file, 'key',
                    'no such key'::blob)""",
                row -> excluded.add(row.getBoolean(1)));

        assertThat(excluded).hasSizeGreaterThan(3).containsOnly(true);
    }

    private void query(String sql, RowReader reader) throws SQLException, IOException {
        Path file = folder.resolve("history.parquet");
        FinishedFile finished = Shelf.write(LOG.batches(), LOG.baseOffset(), LOG.nextOffset(),
                LOG.aborted(), Shelf.SMALL.withKeyFilter(FileLayout.KeyFilter.BLOOM));
        store(finished.bytes(), file);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set autoinstall_known_extensions=false");
            statement.execute("set autoload_known_extensions=false");
            try (ResultSet result = statement
                    .executeQuery(sql.replace("$file", "'" + file + "'"))) {
                while (result.next()) {
                    reader.read(result);
                }
            }
        }
    }

    private static void store(Bytes bytes, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            for (ByteBuffer slice : bytes.slices()) {
                channel.write(slice);
            }
        }
    }

    private static boolean isAborted(SeenRecord record) {
        for (AbortedTransaction aborted : LOG.aborted()) {
            if (aborted.covers(record.producerId(), record.offset())) {
                return true;
            }
        }
        return false;
    }

    /** Takes what it wants from a row. */
    @FunctionalInterface
    private interface RowReader {

        void read(ResultSet row) throws SQLException;
    }

    /** A record as SQL sees it. */
    private record Row(long offset, long timestampMillis, Optional<String> key,
            Optional<String> value, String headers, long producerId, int producerEpoch,
            int sequence, int attributes) {

        static Row of(SeenRecord seen) {
            List<String> headers = seen.headers().stream().map(header -> header.key() + "="
                    + header.value().map(Row::hex).orElse("-")).toList();
            int attributes = (seen.appendTimed() ? 8 : 0) + (seen.transactional() ? 16 : 0)
                    + (seen.control() ? 32 : 0);
            return new Row(seen.offset(), seen.timestampMillis(), seen.key().map(Row::hex),
                    seen.value().map(Row::hex), String.join(",", headers), seen.producerId(),
                    seen.producerEpoch(), seen.sequence(), attributes);
        }

        private static String hex(ByteBuffer bytes) {
            StringBuilder hex = new StringBuilder();
            for (int i = bytes.position(); i < bytes.limit(); i++) {
                hex.append(String.format("%02X", bytes.get(i)));
            }
            return hex.toString();
        }
    }
}
