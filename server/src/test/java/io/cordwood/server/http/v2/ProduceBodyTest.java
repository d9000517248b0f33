package io.cordwood.server.http.v2;

import static io.cordwood.server.http.v2.EmbeddedFormat.BINARY;
import static io.cordwood.server.http.v2.EmbeddedFormat.JSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.RefusedException;
import io.cordwood.server.http.exchange.RequestBounds;
import io.cordwood.server.log.NewRecord;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RecordHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProduceBodyTest {

    private static final RequestBounds BOUNDS = new RequestBounds(1 << 20, 10,
            Duration.ofSeconds(1));

    @Test
    void everythingThatARecordCanSayIsRead() {
        List<NewRecord> records = parse("""
                {"records": [{"headers": [{"value": "YQ==", "key": "h"}, {"key": "n"}],
                  "timestamp": 7, "partition": 3, "value": "Yg==", "key": "Yw=="}],
                 "key_schema_id": null, "value_schema": null}""");

        assertThat(records).containsExactly(new NewRecord(OptionalInt.of(3),
                new LogRecord(7, bytes("c"), bytes("b"), List.of(new RecordHeader("h", bytes("a")),
                        new RecordHeader("n", Optional.empty())))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-1.50e+7", "0.1", "12345678901234567890.1234567890", "true",
            "false", "\"\"", "\"a\\u00fc\\\"}\"", "\"ü💧\"", "[]", "[ 1 , [ 2 ] ]", "{}",
            "{ \"a\" :\n {\"b\": null} }", "{\"a\": 1, \"a\": 2}"})
    void embeddedJsonIsKeptByteForByte(String value) {
        List<NewRecord> records = parse(JSON,
                "{ \"records\" : [ {\"key\":" + value + " ,\"value\":  " + value + "  }]}");

        LogRecord record = records.getFirst().record();
        assertThat(record.value()).isEqualTo(bytes(value));
        assertThat(record.key()).isEqualTo(bytes(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"YQ==", "YQ"})
    void base64MayLeaveOutItsPadding(String value) {
        assertThat(parse("{\"records\": [{\"value\": \"" + value + "\"}]}").getFirst().record()
                .value()).isEqualTo(bytes("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"records\": [{}]}", "{\"records\": [{\"value\": null}]}"})
    void aRecordWithoutAValueIsATombstone(String body) {
        for (EmbeddedFormat format : EmbeddedFormat.values()) {
            assertThat(parse(format, body)).containsExactly(new NewRecord(OptionalInt.empty(),
                    new LogRecord(LogRecord.NO_TIMESTAMP, Optional.empty(), Optional.empty(),
                            List.of())));
        }
    }

    @Test
    void thePathsPartitionMayBeRepeatedButNotContradicted() {
        byte[] body = utf8("{\"records\": [{}, {\"partition\": 1}]}");

        List<NewRecord> records = new ProduceBody(body, BINARY, BOUNDS).records(OptionalInt.of(1));

        assertThat(records).extracting(NewRecord::partition).containsOnly(OptionalInt.of(1));
        assertThatThrownBy(() -> new ProduceBody(body, BINARY, BOUNDS).records(OptionalInt.of(2)))
                .hasMessage("record 1 names another partition than the path does");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"records\": [{\"value\": \"YQ==\"}, {\"value\": \"Y*==\"}]} | record 1: value is",
            "{\"records\": [{\"value\": 1}]} | record 0: value is not a string in base64",
            "{\"records\": [{\"key\": {}}]} | record 0: key is not a string in base64",
            "{\"records\": [{\"key\": \"Y\"}]} | record 0: key is not base64",
            "{\"records\": [{\"value\": \"-_==\"}]} | record 0: value is not base64",
            "{\"records\": [{\"valeu\": 1}]} | record 0 has an unknown member: valeu",
            "{\"records\": [{\"value\": \"\", \"value\": \"\"}]} | record 0 has its value twice",
            "{\"records\": [{\"partition\": -1}]} | record 0 has a partition that is not a number",
            "{\"records\": [{\"partition\": 2147483648}]} | record 0 has a partition that is not",
            "{\"records\": [{\"partition\": 1.5}]} | record 0 has a partition that is not a whole",
            "{\"records\": [{\"partition\": \"1\"}]} | record 0 has a partition that is not a",
            "{\"records\": [{\"partition\": 99999999999999999999}]} | record 0 has a partition",
            "{\"records\": [{\"timestamp\": -1}]} | record 0 has a timestamp that is not in milli",
            "{\"records\": [{\"timestamp\": 9223372036854775807}]} | record 0 has a timestamp that",
            "{\"records\": [{\"headers\": {}}]} | record 0 has headers that are not an array",
            "{\"records\": [{\"headers\": [1]}]} | record 0 has a header that is not an object",
            "{\"records\": [{\"headers\": [{\"value\": \"\"}]}]} | record 0 has a header without a",
            "{\"records\": [{\"headers\": [{\"key\": null}]}]} | record 0 has a header with some",
            "{\"records\": [{\"headers\": [{\"key\": \"\\ud83d\"}]}]} | record 0 has a header whose key is",
            "{\"records\": [{\"headers\": [{\"x\": \"\"}]}]} | record 0 has a header with some",
            "{\"records\": [{\"headers\": [{\"key\": \"\", \"value\": 1}]}]} | record 0: header is",
            "{\"records\": [1]} | record 0 is not an object",
            "{\"records\": {}} | records is given once, as an array",
            "{\"records\": [{}], \"records\": [{}]} | records is given once",
            "{\"records\": []} | records is missing or empty", "{} | records is missing or empty",
            "{\"value_schema_id\": 7, \"records\": [{}]} | there is no schema registry here",
            "{\"records\": [{}], \"x\": 1} | the body has an unknown member: x",
            "[] | the body is a JSON object", "`` | the body is a JSON object",
            "{\"records\": [{}]} {} | there is something after the end"})
    void aBodyOfTheWrongFormIsRefused(String body, String message) {
        assertThatThrownBy(() -> parse(body)).hasMessageStartingWith(message)
                .isInstanceOfSatisfying(RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "{\"records\": [{} ", "{\"records\": [{]}", "{\"records\": [{}}",
            "{'records': []}", "{\"records\": [{\"value\": \"a\nb\"}]}", "\uFEFF{}",
            "{\"records\": [{\"value\": 01}]}", "{\"records\": [{\"value\": NaN}]}"})
    void whatIsNotJsonIsRefusedAsThat(String body) {
        assertThatThrownBy(() -> parse(JSON, body)).hasMessageStartingWith("the body is not JSON: ")
                .isInstanceOfSatisfying(RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED));
    }

    @Test
    void whatIsNotUtf8IsNotJson() {
        byte[] body = utf8("{\"records\": [{\"value\": \"?\"}]}");
        body[body.length - 5] = (byte) 0xff;

        assertThatThrownBy(
                () -> new ProduceBody(body, JSON, BOUNDS).records(OptionalInt.empty()))
                .hasMessageStartingWith("the body is not JSON: ");
    }

    @Test
    void anotherEncodingThanUtf8IsNotGuessed() {
        byte[] body = "{\"records\": [{}]}".getBytes(StandardCharsets.UTF_16BE);

        assertThatThrownBy(
                () -> new ProduceBody(body, JSON, BOUNDS).records(OptionalInt.empty()))
                .hasMessageStartingWith("the body is not JSON: ");
    }

    @Test
    void jsonIsOnlySoDeep() {
        String deep = "[".repeat(10_000) + "]".repeat(10_000);

        assertThatThrownBy(() -> parse(JSON, "{\"records\": [{\"value\": " + deep + "}]}"))
                .hasMessageStartingWith("the body is not JSON: ").hasMessageContaining("depth");
    }

    @Test
    void thereAreOnlySoManyRecordsAndHeaders() {
        String headers = "{\"headers\": [" + "{\"key\": \"\"},".repeat(3) + "{\"key\": \"\"}]}";

        List<NewRecord> ten = parse("{\"records\": [" + headers + "," + headers + "]}");

        assertThat(ten).hasSize(2);
        assertThatThrownBy(() -> parse("{\"records\": [" + headers + "," + headers + ",{}]}"))
                .isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(
                        refused.code()).isEqualTo(ErrorCode.REQUEST_TOO_LARGE));
    }

    private static List<NewRecord> parse(String body) {
        return parse(BINARY, body);
    }

    private static List<NewRecord> parse(EmbeddedFormat format, String body) {
        return new ProduceBody(utf8(body), format, BOUNDS).records(OptionalInt.empty());
    }

    private static Optional<ByteBuffer> bytes(String text) {
        return Optional.of(ByteBuffer.wrap(utf8(text)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
