package io.cordwood.history.file;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.MICROS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * The schema of history files.
 *
 * <pre>
 *  id  column                        type
 *   1  partition                     int
 *   2  offset                        long
 *   3  timestamp                     timestamp with zone, microseconds; null: none
 *   4  key                           binary; null: none
 *   5  value                         binary; null: none
 *   6  headers                       list, empty if there is none
 *  13    element                     struct
 *  14      key                       string
 *  15      value                     binary; null: none
 *   7  attributes                    int: of the record's batch, see {@link RecordAttributes}
 *   8  leader_epoch                  int
 *   9  producer_id                   long; -1: none
 *  10  producer_epoch                int; -1: none
 *  11  sequence                      int; -1: none
 *  12  aborted                       boolean: whether its transaction was aborted
 * </pre>
 *
 * Ids are those that Iceberg gives: first to all fields of the record, then to what is in them.
 * Readers go by ids, so the order of {@link Column} is free. Field ids and types are never changed.
 *
 * @see <a href="https://iceberg.apache.org/spec/#parquet">Iceberg: Parquet</a>
 */
public final class HistorySchema {

    /** The definition level of a list that is empty. */
    public static final int LIST_EMPTY = 1;

    /** The definition level of a header that is there; of its value, if that is null. */
    public static final int HEADER_PRESENT = 2;

    /** The definition level of a header's value that is there. */
    public static final int HEADER_VALUE_PRESENT = 3;

    private static final MessageType MESSAGE = Types.buildMessage()
            .required(INT32).id(1).named("partition")
            .required(INT64).id(2).named("offset")
            .optional(INT64).as(timestampType(true, MICROS)).id(3).named("timestamp")
            .required(INT32).id(7).named("attributes")
            .required(INT32).id(8).named("leader_epoch")
            .required(INT64).id(9).named("producer_id")
            .required(INT32).id(10).named("producer_epoch")
            .required(INT32).id(11).named("sequence")
            .required(BOOLEAN).id(12).named("aborted")
            .optional(BINARY).id(4).named("key")
            .addField(headers())
            .optional(BINARY).id(5).named("value")
            .named("record");

    private HistorySchema() {}

    /** The schema as Parquet has it. */
    public static MessageType message() {
        return MESSAGE;
    }

    /** A column as Parquet has it. */
    public static ColumnDescriptor descriptor(Column column) {
        return MESSAGE.getColumnDescription(column.names().toArray(String[]::new));
    }

    private static Type headers() {
        return Types.optionalList()
                .element(Types.requiredGroup()
                        .required(BINARY).as(stringType()).id(14).named("key")
                        .optional(BINARY).id(15).named("value")
                        .id(13).named("element"))
                .id(6).named("headers");
    }
}
