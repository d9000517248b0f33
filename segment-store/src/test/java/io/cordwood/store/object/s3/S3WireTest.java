package io.cordwood.store.object.s3;

import static io.cordwood.store.object.StoreUnderTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.StoreUnderTest;
import io.cordwood.store.object.faultproxy.WireRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What goes over the wire is what every store understands. */
class S3WireTest implements StoreUnderTest {

    private static final ObjectKey KEY = new ObjectKey("manifest/log/7");

    private FaultyS3 s3;
    private S3Settings settings;
    private S3ObjectStore store;

    @BeforeEach
    void start() throws IOException {
        s3 = FaultyS3.start();
        int port = s3.proxy().endpoint().getPort();
        settings = s3.fresh()
                .withEndpoint(S3Settings.Endpoint.at(URI.create("http://localhost:" + port)));
        store = FaultyS3.open(settings);
    }

    @AfterEach
    void stop() throws IOException {
        store.close();
        s3.close();
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Test
    void bodiesGoOutAsTheyAreWithAChecksumOfOurOwn() {
        settled(store.putIfAbsent(KEY, Bytes.wrap(new byte[4 << 20])));

        Map<String, String> headers = onlyRequest().headers();
        assertThat(headers).containsEntry("if-none-match", "*").containsEntry("content-length",
                "4194304").containsKey("x-amz-checksum-crc32c");
        assertThat(headers).doesNotContainKeys("expect", "transfer-encoding", "content-encoding",
                "x-amz-trailer", "x-amz-decoded-content-length");
    }

    @Test
    void aPutSetsNoCondition() {
        settled(store.put(KEY, bytes("x")));

        assertThat(onlyRequest().headers()).doesNotContainKey("if-none-match")
                .containsKey("x-amz-checksum-crc32c");
    }

    @Test
    void theBucketIsNamedInThePathWhereThatIsAskedFor() {
        settled(store.put(KEY, bytes("x")));

        assertThat(onlyRequest().path())
                .isEqualTo("/cordwood/" + settings.prefix() + "/manifest/log/7");
    }

    @Test
    void onlyTheRangeIsAskedFor() {
        given("manifest/log/7", "0123456789");
        s3.proxy().forget();

        settled(store.get(KEY, new ByteRange(2, 3)));

        assertThat(onlyRequest().headers()).containsEntry("range", "bytes=2-4");
    }

    private WireRequest onlyRequest() {
        assertThat(s3.proxy().requests()).hasSize(1);
        return s3.proxy().requests().getFirst();
    }
}
