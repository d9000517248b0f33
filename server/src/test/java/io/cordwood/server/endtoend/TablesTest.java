package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is produced over Kafka is read as an Iceberg table, by programs that know no Kafka. */
@Timeout(90)
class TablesTest {

    private static final Namespace TOPICS = Namespace.of("topics");
    private static final TableIdentifier ORDERS = TableIdentifier.of(TOPICS, "orders");
    private static final int PARTITIONS = 2;
    private static final int PLAIN = 40;
    private static final int IN_TRANSACTION = 3;
    private static final int MARKERS = 2;
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final Map<Place, Row> produced = new TreeMap<>();

    @TempDir
    Path folder;

    @Test
    void whatWasProducedIsInTheTableAndGoesAsItGoesFromTheTopic()
            throws InterruptedException, IOException, SQLException {
        try (LocalTables tables = new LocalTables(folder);
                RESTCatalog catalog = tables.catalog()) {
            KafkaClients clients = tables.clients();
            clients.createTopic("orders", PARTITIONS,
                    Map.of("history.age.ms", "0", "history.format", "parquet"));
            plain(clients);
            transaction(clients, true);
            transaction(clients, false);
            long rows = PLAIN + 2 * IN_TRANSACTION + MARKERS;
            await(catalog, table -> rows(table) == rows);

            assertThat(catalog.listNamespaces()).containsExactly(TOPICS);
            assertThat(catalog.listTables(TOPICS)).containsExactly(ORDERS);
            assertThat(catalog.tableExists(ORDERS)).isTrue();
            Table table = catalog.loadTable(ORDERS);
            assertThat(rowsSeenBySql(files(table, Expressions.alwaysTrue())))
                    .containsExactlyElementsOf(produced.values());
            assertThat(files(table, Expressions.equal("partition", 1)))
                    .isNotEmpty().allMatch(file -> partition(file) == 1);
            assertThatThrownBy(() -> table.updateProperties().set("a", "b").commit())
                    .isInstanceOf(UnsupportedOperationException.class);

            delete(clients, 1, 7);
            await(catalog, it -> rows(it) == rows - 7);
            produced.keySet().removeIf(place -> place.partition() == 1 && place.offset() < 7);
            assertThat(rowsSeenBySql(
                    files(catalog.loadTable(ORDERS), Expressions.alwaysTrue())))
                    .containsExactlyElementsOf(produced.values());

            delete(clients, 0, -1);
            await(catalog, it -> files(it, Expressions.equal("partition", 0)).isEmpty());
            assertThat(rowsSeenBySql(
                    files(catalog.loadTable(ORDERS), Expressions.alwaysTrue())))
                    .containsExactlyElementsOf(produced.values().stream()
                            .filter(row -> row.place().partition() == 1).toList());

            try (Admin admin = clients.admin()) {
                KafkaClients.get(admin.deleteTopics(List.of("orders")).all());
            }
            assertThat(catalog.tableExists(ORDERS)).isFalse();
            assertThat(catalog.listTables(TOPICS)).isEmpty();
        }
    }

    private static void await(RESTCatalog catalog, Predicate<Table> is) {
        while (!load(catalog).filter(is).isPresent()) {
            LockSupport.parkNanos(MOMENT.toNanos());
        }
    }

    private static Optional<Table> load(RESTCatalog catalog) {
        try {
            return Optional.of(catalog.loadTable(ORDERS));
        } catch (NoSuchTableException notYet) {
            return Optional.empty();
        }
    }

    private static long rows(Table table) {
        return files(table, Expressions.alwaysTrue()).stream().mapToLong(DataFile::recordCount)
                .sum();
    }

    private static List<DataFile> files(Table table, Expression filter) {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> plan = table.newScan().filter(filter).planFiles()) {
            plan.forEach(task -> files.add(task.file()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }

    private static int partition(DataFile file) {
        return file.partition().get(0, Integer.class);
    }

    private void plain(KafkaClients clients) throws InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = clients
                .bytesProducer(Map.of("compression.type", "zstd"))) {
            for (int i = 0; i < PLAIN; i++) {
                send(producer, new ProducerRecord<>("orders", i % PARTITIONS, 2_000L + i,
                        i % 3 == 0 ? null : new byte[]{1, (byte) i},
                        i % 5 == 0 ? null : new byte[i],
                        List.of(new RecordHeader("h", new byte[]{(byte) i}),
                                new RecordHeader("h", null))));
            }
        }
    }

    private void transaction(KafkaClients clients, boolean commits) throws InterruptedException {
        try (KafkaProducer<byte[], byte[]> producer = clients
                .bytesProducer(Map.of("transactional.id", "commits-" + commits))) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < IN_TRANSACTION; i++) {
                ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("orders", 1,
                        3_000L + i, new byte[]{2}, new byte[]{(byte) i});
                if (commits) {
                    send(producer, record);
                } else {
                    KafkaClients.get(producer.send(record));
                }
            }
            if (commits) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer,
            ProducerRecord<byte[], byte[]> record) throws InterruptedException {
        RecordMetadata stored = KafkaClients.get(producer.send(record));
        Row row = Row.of(new Place(stored.partition(), stored.offset()), record);
        produced.put(row.place(), row);
    }

    private static void delete(KafkaClients clients, int partition, long before)
            throws InterruptedException {
        try (Admin admin = clients.admin()) {
            KafkaClients.get(admin.deleteRecords(Map.of(new TopicPartition("orders", partition),
                    RecordsToDelete.beforeOffset(before))).all());
        }
    }

    /** What DuckDB reads in the files that the table names, as the README tells SQL users to. */
    private static List<Row> rowsSeenBySql(List<DataFile> files) throws SQLException {
        String list = files.stream().map(file -> "'" + LocalFiles.path(file.location()) + "'")
                .collect(Collectors.joining(",", "[", "]"));
        List<Row> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set autoinstall_known_extensions=false");
            statement.execute("set autoload_known_extensions=false");
            try (ResultSet row = statement.executeQuery("""
                    select partition, "offset", epoch_ms("timestamp"), hex(key), hex(value),
                    array_to_string(list_transform(headers, lambda h: h.key || '='
                        || coalesce(hex(h.value), '-')), ',') from read_parquet(%s)
                    where attributes & 32 = 0 and not aborted
                    order by partition, "offset\"""".formatted(list))) {
                while (row.next()) {
                    rows.add(new Row(new Place(row.getInt(1), row.getLong(2)), row.getLong(3),
                            Optional.ofNullable(row.getString(4)),
                            Optional.ofNullable(row.getString(5)), row.getString(6)));
                }
            }
        }
        return rows;
    }

    private record Place(int partition, long offset) implements Comparable<Place> {

        @Override
        public int compareTo(Place other) {
            return partition == other.partition
                    ? Long.compare(offset, other.offset)
                    : Integer.compare(partition, other.partition);
        }
    }

    private record Row(Place place, long timestampMillis, Optional<String> key,
            Optional<String> value, String headers) {

        static Row of(Place place, ProducerRecord<byte[], byte[]> record) {
            List<String> headers = new ArrayList<>();
            for (Header header : record.headers()) {
                headers.add(header.key() + "=" + hex(header.value()).orElse("-"));
            }
            return new Row(place, record.timestamp(), hex(record.key()), hex(record.value()),
                    String.join(",", headers));
        }

        private static Optional<String> hex(byte[] bytes) {
            return Optional.ofNullable(bytes).map(HexFormat.of().withUpperCase()::formatHex);
        }
    }
}
