package io.cordwood.server.http;

import static io.cordwood.server.http.EdgeServer.BINARY;
import static io.cordwood.server.http.EdgeServer.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.LogException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.server.log.NewRecord;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProduceEndpointTest {

    private final EdgeServer server = new EdgeServer();

    @BeforeEach
    void createTopic() {
        server.topic("t", 3);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void recordsAreAppendedAndEachGetsItsPlace() {
        HttpResponse<String> answer = server.post("/topics/t", BINARY, """
                {"records": [{"value": "YQ==", "partition": 2}, {"value": "Yg==", "partition": 0},
                             {"key": "aw==", "value": "Yw==", "partition": 2}]}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValue("application/vnd.kafka.v2+json");
        assertThat(answer.body()).isEqualTo("""
                {"offsets":[{"partition":2,"offset":0},{"partition":0,"offset":0},\
                {"partition":2,"offset":1}],"key_schema_id":null,"value_schema_id":null}""");
    }

    @Test
    void whatWasProducedIsReadBack() {
        server.post("/topics/t/partitions/1", JSON, """
                {"records": [{"key": 1.50, "value": {"a": [1, "ü"]}, "timestamp": 1700000000000,
                  "headers": [{"key": "h", "value": "YQ=="}, {"key": "h", "value": null}]}]}""");

        HttpResponse<String> answer = server.get("/topics/t/partitions/1/records?offset=0",
                "accept", JSON);

        assertThat(answer.body()).isEqualTo("""
                [{"topic":"t","key":1.50,"value":{"a": [1, "ü"]},"partition":1,"offset":0,\
                "timestamp":1700000000000,"headers":[{"key":"h","value":"YQ=="},\
                {"key":"h","value":null}]}]""");
    }

    @Test
    void theSameBytesAreShownInBothFormats() {
        server.post("/topics/t/partitions/1", JSON, "{\"records\": [{\"value\": \"x\"}]}");

        HttpResponse<String> answer = server.get("/topics/t/partitions/1/records?offset=0",
                "accept", BINARY);

        assertThat(answer.body()).contains("\"value\":\"Ingi\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"value\": null}", "{}", "{\"value\": null, \"headers\": null,"
            + " \"key\": null, \"partition\": null, \"timestamp\": null}"})
    void nullAndMissingBothMeanAbsent(String record) {
        server.post("/topics/t/partitions/1", JSON, "{\"records\": [" + record + "]}");

        HttpResponse<String> answer = server.get("/topics/t/partitions/1/records?offset=0");

        assertThat(answer.body()).contains("\"key\":null,\"value\":null");
    }

    @Test
    void anEmptyValueIsNotAnAbsentOne() {
        server.post("/topics/t/partitions/1", BINARY, "{\"records\": [{\"value\": \"\"}]}");

        HttpResponse<String> answer = server.get("/topics/t/partitions/1/records?offset=0");

        assertThat(answer.body()).contains("\"key\":null,\"value\":\"\"");
    }

    @Test
    void recordsThatFailAreNamedBesideThoseThatDoNot() {
        reject(record -> record.partition().orElse(0) == 1, new RejectedException(
                RejectedException.Reason.RECORD_TOO_LARGE, "a record has at most 10 bytes"));

        HttpResponse<String> answer = server.post("/topics/t", BINARY, """
                {"records": [{"value": "YQ==", "partition": 0}, {"value": "Yg==", "partition": 1},
                             {"value": "Yg==", "partition": 9}]}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("""
                {"offsets":[{"partition":0,"offset":0},{"partition":null,"offset":null,\
                "error_code":41302,"error":"a record has at most 10 bytes"},\
                {"partition":null,"offset":null,"error_code":40402,\
                "error":"topic t has no partition 9"}],\
                "key_schema_id":null,"value_schema_id":null}""");
    }

    @Test
    void aRequestOfWhichAllRecordsFailForOneReasonFails() {
        reject(record -> true, new UnavailableException("the buffer is full"));

        HttpResponse<String> answer = server.post("/topics/t", BINARY,
                "{\"records\": [{\"value\": \"YQ==\"}, {\"value\": \"YQ==\"}]}");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
        assertThat(answer.body())
                .isEqualTo("{\"error_code\":50301,\"message\":\"the buffer is full\"}");
    }

    @Test
    void anUnknownOutcomeIsNotCalledARetriableOne() {
        reject(record -> true, new UnknownOutcomeException("read back before you send it again"));

        HttpResponse<String> answer = server.post("/topics/t", BINARY,
                "{\"records\": [{\"value\": \"YQ==\"}]}");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.headers().firstValue("retry-after")).isEmpty();
        assertThat(answer.body()).contains("50401");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/topics/nix | 404 | 40401",
            "/topics/t/partitions/3 | 404 | 40402", "/topics/t/partitions/x | 400 | 400",
            "/topics/t/partitions/-1 | 400 | 400", "/topics/a%20b | 400 | 40002"})
    void unknownPlacesAreNotProducedTo(String path, int status, int code) {
        HttpResponse<String> answer = server.post(path, BINARY,
                "{\"records\": [{\"value\": \"YQ==\"}]}");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error_code\":" + code + ",");
        assertNothingWasStored();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"records\": [{\"value\": \"YQ==\"}, {\"value\": \"*\"}]} | 422 | record 1: value",
            "{\"records\": [{} | 400 | not JSON"})
    void aBodyOfTheWrongFormIsRefusedWhole(String body, int status, String message) {
        HttpResponse<String> answer = server.post("/topics/t", BINARY, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains("\"error_code\":" + status + ",").contains(message);
        assertNothingWasStored();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/vnd.kafka.v2+json", "text/plain",
            "application/vnd.kafka.avro.v2+json", BINARY + "; charset=utf-16"})
    void aBodyOfAnotherTypeIsRefusedAndSaysWhichTypesThereAre(String type) {
        HttpResponse<String> answer = server.post("/topics/t", type, "{\"records\": [{}]}");

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("\"error_code\":415,");
        assertNothingWasStored();
    }

    @ParameterizedTest
    @ValueSource(strings = {BINARY + ";charset=UTF-8", "Application/VND.kafka.binary.v2+JSON"})
    void aTypeMayBeWrittenAsTypesMay(String type) {
        HttpResponse<String> answer = server.post("/topics/t", type, "{\"records\": [{}]}");

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void aLargeBodyIsReadOnAWorkerAndTheOrderIsKept() {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            records.append(i == 0 ? "" : ",").append("{\"value\": ").append(i).append('}');
        }

        HttpResponse<String> answer = server.post("/topics/t/partitions/0", JSON,
                "{\"records\": [" + records + "]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(server.get("/topics/t/partitions/0/records?offset=9999", "accept", JSON).body())
                .contains("\"value\":9999,");
    }

    @Test
    void aBugIsNotToldToTheClient() {
        server.log.reject(record -> {
            throw new IllegalStateException("a secret of the inside");
        });

        HttpResponse<String> answer = server.post("/topics/t", BINARY, "{\"records\": [{}]}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"error_code\":500,").doesNotContain("secret");
    }

    private void reject(Predicate<NewRecord> which, LogException failure) {
        server.log.reject(record -> which.test(record) ? Optional.of(failure) : Optional.empty());
    }

    private void assertNothingWasStored() {
        for (int partition = 0; partition < 3; partition++) {
            assertThat(server.get("/topics/t/partitions/" + partition + "/offsets").body())
                    .contains("\"end_offset\":0");
        }
    }
}
