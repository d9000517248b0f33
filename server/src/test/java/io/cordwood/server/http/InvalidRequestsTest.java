package io.cordwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InvalidRequestsTest {

    private final EdgeServer server = new EdgeServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"/topics/..%2f..%2fetc | 400 | 40002",
            "/topics/%2e%2e%2fhealth | 400 | 40002", "/topics/a%252eb | 400 | 40002",
            "/topics/a%2fb | 400 | 40002", "/topics/a%00 | 400 | 40002",
            "/topics/a%5c..%5cb | 400 | 40002", "/topics/%ff%fe | 400 | 40002",
            "/topics/... | 404 | 40401", "/topics/a+b | 400 | 40002", "/topics/%zz | 400 | 400",
            "/topics/% | 400 | 400", "/topics/..%2fadmin/partitions/0/offsets | 400 | 40002",
            "/topics/a/partitions/%2e%2e | 404 | 40401", "//etc/passwd | 404 | 404",
            "/topics/a/partitions/0/records?offset=%zz | 400 | 400"})
    void pathTricksReachNothing(String path, int status, int code) {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET " + path + " HTTP/1.1\r\nhost: x\r\n\r\n");

            assertThat(client.readUntil("}")).startsWith("HTTP/1.1 " + status + " ")
                    .contains("\"error_code\":" + code + ",");
        }
    }

    @Test
    void aNameIsDecodedOnce() {
        server.topic("a.b", 1);

        assertThat(server.get("/topics/a%2eb").statusCode()).isEqualTo(200);
        assertThat(server.get("/topics/a%252eb").statusCode()).isEqualTo(400);
    }

    @Test
    void aNameMayBe249Long() {
        String name = "n".repeat(249);
        server.topic(name, 1);

        assertThat(server.get("/topics/" + name).statusCode()).isEqualTo(200);
        assertThat(server.get("/topics/" + name + "n").statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsNoRequestIsRefusedAndTheConnectionEnds() {
        try (RawClient client = new RawClient(server.port())) {
            client.send("not http at all\r\n\r\n");

            assertThat(client.readAll()).contains(" 400 ").contains("\"error_code\":400,");
        }
    }

    @Test
    void aPathIsOnlySoLong() {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nhost: x\r\n\r\n");

            assertThat(client.readAll()).contains(" 414 ").contains("\"error_code\":414,");
        }
    }

    @Test
    void headersAreOnlySoLarge() {
        try (RawClient client = new RawClient(server.port())) {
            client.send("GET / HTTP/1.1\r\nhost: x\r\na: " + "a".repeat(20_000) + "\r\n\r\n");

            assertThat(client.readAll()).contains(" 431 ").contains("\"error_code\":431,");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"content-length: -1", "content-length: x",
            "content-length: 1\r\ncontent-length: 2"})
    void aBodyHasOneLength(String header) {
        server.topic("t", 1);
        try (RawClient client = new RawClient(server.port())) {
            client.sendHead(header);

            assertThat(client.readAll()).contains(" 400 ");
        }
        assertThat(server.log.reservedBytes()).isZero();
    }
}
