package io.cordwood.iceberg.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.types.Types.BinaryType;
import org.apache.iceberg.types.Types.BooleanType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.ListType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.StringType;
import org.apache.iceberg.types.Types.StructType;
import org.apache.iceberg.types.Types.TimestampType;

/**
 * The columns of tables, which are those of history files: readers find them there by their ids.
 */
final class TableSchema {

    static final int PARTITION = 1;
    static final int OFFSET = 2;
    static final int TIMESTAMP = 3;

    /** The largest id of a column or a part of one. */
    static final int LAST_ID = 15;

    static final Schema COLUMNS = new Schema(
            required(PARTITION, "partition", IntegerType.get()),
            required(OFFSET, "offset", LongType.get()),
            optional(TIMESTAMP, "timestamp", TimestampType.withZone()),
            optional(4, "key", BinaryType.get()),
            optional(5, "value", BinaryType.get()),
            optional(6, "headers", ListType.ofRequired(13, StructType.of(
                    required(14, "key", StringType.get()),
                    optional(LAST_ID, "value", BinaryType.get())))),
            required(7, "attributes", IntegerType.get()),
            required(8, "leader_epoch", IntegerType.get()),
            required(9, "producer_id", LongType.get()),
            required(10, "producer_epoch", IntegerType.get()),
            required(11, "sequence", IntegerType.get()),
            required(12, "aborted", BooleanType.get()));

    /** By the Kafka partition: a file is of one. */
    static final PartitionSpec PARTITIONING = PartitionSpec.builderFor(COLUMNS)
            .identity("partition").build();

    static final SortOrder ORDER = SortOrder.builderFor(COLUMNS).asc("offset").build();

    private TableSchema() {}
}
