package io.cordwood.store.object.s3;

import static io.cordwood.store.object.StoreUnderTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.StoreUnderTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;

/** What is wrong for good is told as such, with what to do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3RefusalTest implements StoreUnderTest {

    private static final ObjectKey KEY = new ObjectKey("manifest/log/7");

    private FaultyS3 s3;
    private S3Settings settings;

    @BeforeAll
    void start() throws IOException {
        s3 = FaultyS3.start();
    }

    @BeforeEach
    void choose() {
        settings = s3.fresh();
    }

    @AfterAll
    void stop() throws IOException {
        s3.close();
    }

    @Override
    public ObjectStore store() {
        return FaultyS3.open(settings);
    }

    @Test
    void aBucketThatIsNotThereIsNamed() {
        settings = new S3Settings("nowhere", "", settings.endpoint(), settings.accessKey(),
                settings.bounds());

        refusesEverything("NoSuchBucket", "s3://nowhere", "create the bucket");
    }

    @Test
    void wrongCredentialsAreNamed() {
        settings = settings.withAccessKey(new S3Settings.AccessKey("test", "guessed"));

        refusesEverything("403 SignatureDoesNotMatch", "s3://cordwood/", "check the credentials");
    }

    @Test
    void aServerThatIsDownIsUnavailable() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        settings = settings
                .withEndpoint(S3Settings.Endpoint.at(URI.create("http://127.0.0.1:" + port)));

        refusesEverything("refused", "127.0.0.1:" + port, "check the network");
    }

    @Test
    void aHostThatDoesNotExistIsUnavailable() {
        settings = settings
                .withEndpoint(
                        S3Settings.Endpoint.at(URI.create("http://no-such-host.invalid:9000")));

        refusesEverything("dns", "no-such-host.invalid", "check the network");
    }

    @Test
    void aClosedStoreIsUnavailable() {
        S3ObjectStore store = FaultyS3.open(settings);

        store.close();

        assertThatThrownBy(() -> settled(store.putIfAbsent(KEY, bytes("x"))))
                .isInstanceOf(UnavailableException.class).hasMessageContaining("closed");
    }

    @Test
    void credentialsThatAreLostMeanwhileAreMissedBeforeAnythingIsSent() {
        S3Identity lost = new S3Identity(() -> {
            throw SdkClientException.create("none found");
        });
        S3ObjectStore store = new S3ObjectStore(settings,
                new S3Clients(settings, Region.US_EAST_1, lost));
        s3.methods();

        assertThatThrownBy(() -> settled(store.putIfAbsent(KEY, bytes("x"))))
                .isInstanceOf(UnavailableException.class).hasMessageContaining("AWS_ACCESS_KEY_ID");

        assertThat(s3.methods()).isEmpty();
        store.close();
    }

    private void refusesEverything(String... words) {
        S3ObjectStore store = FaultyS3.open(settings);
        assertThatThrownBy(() -> settled(store.putIfAbsent(KEY, bytes("x"))))
                .isInstanceOf(UnavailableException.class).hasMessageContainingAll(words)
                .hasMessageContaining("write manifest/log/7");
        assertThatThrownBy(() -> settled(store.put(KEY, bytes("x"))))
                .isInstanceOf(UnavailableException.class).hasMessageContainingAll(words);
        assertThatThrownBy(() -> settled(store.read(KEY, 10)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll(words);
        assertThatThrownBy(() -> settled(store.get(KEY, new ByteRange(0, 1))))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> settled(store.delete(KEY)))
                .isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> page(store)).isInstanceOf(UnavailableException.class)
                .hasMessageContainingAll(words);
        store.close();
    }

    private ObjectPage page(ObjectStore store) {
        return settled(store.list(Listing.of("")));
    }
}
