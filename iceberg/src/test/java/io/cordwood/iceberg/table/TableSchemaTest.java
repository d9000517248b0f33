package io.cordwood.iceberg.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.history.file.HistorySchema;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.junit.jupiter.api.Test;

class TableSchemaTest {

    @Test
    void columnsHaveTheIdsThatTheyHaveInFiles() {
        Map<Integer, String> inFiles = new TreeMap<>();
        collect(HistorySchema.message(), inFiles);
        Map<Integer, String> inTables = new TreeMap<>();
        TypeUtil.indexById(TableSchema.COLUMNS.asStruct()).forEach((id, field) -> inTables
                .put(id, describe(field)));

        assertThat(inTables).isEqualTo(inFiles);
    }

    @Test
    void icebergWouldGiveTheSameIds() {
        Schema fresh = TypeUtil.assignIncreasingFreshIds(TableSchema.COLUMNS);

        assertThat(fresh.sameSchema(TableSchema.COLUMNS)).isTrue();
        assertThat(fresh.highestFieldId()).isEqualTo(TableSchema.LAST_ID);
    }

    private static String describe(NestedField field) {
        return field.name() + (field.isOptional() ? "?" : "");
    }

    private static void collect(GroupType group, Map<Integer, String> fields) {
        for (Type field : group.getFields()) {
            if (field.getId() != null) {
                fields.put(field.getId().intValue(), field.getName()
                        + (field.isRepetition(Repetition.OPTIONAL) ? "?" : ""));
            }
            if (!field.isPrimitive()) {
                collect(field.asGroupType(), fields);
            }
        }
    }
}
