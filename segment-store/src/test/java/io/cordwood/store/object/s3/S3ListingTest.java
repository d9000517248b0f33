package io.cordwood.store.object.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.StoreUnderTest;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.regions.Region;

/** A bucket may hold what we did not put there. */
class S3ListingTest implements StoreUnderTest {

    private FaultyS3 s3;
    private S3Settings settings;
    private S3Clients clients;
    private S3ObjectStore store;

    @BeforeEach
    void start() throws IOException {
        s3 = FaultyS3.start();
        settings = s3.fresh();
        clients = new S3Clients(settings, Region.US_EAST_1, S3Identity.of(settings.accessKey()));
        store = new S3ObjectStore(settings, clients);
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
    void whatIsBesideThePrefixIsNotOurs() {
        foreign(settings.prefix() + ".other/1");
        foreign("other/1");
        given("a/1", "x");

        assertThat(keys("", 10)).containsExactly("a/1");
    }

    @Test
    void namesThatAreNoKeysAreSkippedOnPagesOfAnySize() {
        foreign(settings.prefix() + "/a/b c");
        foreign(settings.prefix() + "/a/b d");
        foreign(settings.prefix() + "/a/é");
        given("a/a", "x");
        given("a/z", "x");
        foreign(settings.prefix() + "/z~");

        assertThat(keys("", 1)).containsExactly("a/a", "a/z");
        assertThat(keys("a/b", 1)).isEmpty();
    }

    private void foreign(String name) {
        clients.repeating().putObject(put -> put.bucket(settings.bucket()).key(name),
                AsyncRequestBody.fromString("foreign")).join();
    }
}
