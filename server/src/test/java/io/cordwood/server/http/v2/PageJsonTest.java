package io.cordwood.server.http.v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.log.OffsetRange;
import io.cordwood.server.log.RecordPage;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.StoredRecord;
import io.vertx.core.json.JsonArray;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageJsonTest {

    private static final int NEXT = 100;

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "5, 1", "6, 2", "8, 2", "9, 3", "1000, 3"})
    void asManyRecordsAreRenderedAsFitAndOneInAnyCase(int bytesMax, int count) {
        PageJson page = render(EmbeddedFormat.BINARY, bytesMax, "\"a\"", "\"b\"", "\"c\"");

        assertThat(new JsonArray(page.body())).hasSize(count);
        assertThat(page.nextOffset()).isEqualTo(count == 3 ? NEXT : count);
    }

    @Test
    void aPageOfNoRecordsIsAnEmptyArray() {
        PageJson page = render(EmbeddedFormat.JSON, 1);

        assertThat(page).hasToString("PageJson[body=[], nextOffset=100]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "1 2", "nul", "\"a", "\u0000", "{} x", "'a'"})
    void aPageEndsBeforeARecordThatIsNotJson(String value) {
        PageJson page = render(EmbeddedFormat.JSON, 1_000, "1", value, "2");

        assertThat(new JsonArray(page.body())).hasSize(1);
        assertThat(page.nextOffset()).isEqualTo(1);
    }

    @Test
    void aPageDoesNotBeginWithARecordThatIsNotJson() {
        assertThatThrownBy(() -> render(EmbeddedFormat.JSON, 1_000, "{", "1"))
                .hasMessageStartingWith("the value of the record at offset 0 is not JSON")
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(
                        refused.code()).isEqualTo(ErrorCode.RECORD_NOT_ACCEPTABLE));
    }

    private static PageJson render(EmbeddedFormat format, int bytesMax, String... values) {
        List<StoredRecord> records = new ArrayList<>();
        for (String value : values) {
            ByteBuffer bytes = ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8));
            records.add(new StoredRecord(records.size(), new LogRecord(7, Optional.empty(),
                    Optional.of(bytes.asReadOnlyBuffer()), List.of())));
        }
        return PageJson.render(new RecordPage(records, NEXT, new OffsetRange(0, NEXT)), 0,
                new RecordJson(new TopicName("t"), format), bytesMax);
    }
}
