package io.cordwood.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.history.file.Column;
import io.cordwood.history.file.HistorySchema;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SchemaTest {

    /** What is written into files is never changed. */
    @Test
    void fieldsHaveTheIdsThatIcebergGivesThem() {
        assertThat(HistorySchema.message().toString()).isEqualTo("""
                message record {
                  required int32 partition = 1;
                  required int64 offset = 2;
                  optional int64 timestamp (TIMESTAMP(MICROS,true)) = 3;
                  required int32 attributes = 7;
                  required int32 leader_epoch = 8;
                  required int64 producer_id = 9;
                  required int32 producer_epoch = 10;
                  required int32 sequence = 11;
                  required boolean aborted = 12;
                  optional binary key = 4;
                  optional group headers (LIST) = 6 {
                    repeated group list {
                      required group element = 13 {
                        required binary key (STRING) = 14;
                        optional binary value = 15;
                      }
                    }
                  }
                  optional binary value = 5;
                }
                """);
    }

    @Test
    void columnsAreThoseOfTheSchemaInItsOrder() {
        assertThat(HistorySchema.message().getColumns())
                .extracting(column -> String.join(".", column.getPath()))
                .containsExactlyElementsOf(
                        Arrays.stream(Column.values()).map(Column::path).toList());
    }
}
