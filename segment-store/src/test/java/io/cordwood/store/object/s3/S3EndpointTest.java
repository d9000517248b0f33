package io.cordwood.store.object.s3;

import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.ObjectStoreContract;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract on any store that the environment names: {@code CORDWOOD_TEST_S3_ENDPOINT} (an
 * address, or {@code aws}), {@code CORDWOOD_TEST_S3_BUCKET}, {@code CORDWOOD_TEST_S3_REGION} if it
 * matters, and the credentials where the SDK looks for them. It writes below a prefix of its own
 * and removes it.
 */
@EnabledIfEnvironmentVariable(named = "CORDWOOD_TEST_S3_ENDPOINT", matches = ".+", //
        disabledReason = "set CORDWOOD_TEST_S3_ENDPOINT and _BUCKET to test another store")
class S3EndpointTest implements ObjectStoreContract {

    private S3ObjectStore store;

    @BeforeEach
    void open() {
        store = FaultyS3.open(S3Settings
                .of(variable("BUCKET").orElse("cordwood-test"), "contract-" + UUID.randomUUID())
                .withEndpoint(endpoint()));
    }

    @AfterEach
    void clean() {
        ObjectPage page = settled(store.list(Listing.of("")));
        page.objects().forEach(entry -> settled(store.delete(entry.key())));
        store.close();
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    private static S3Settings.Endpoint endpoint() {
        Optional<URI> uri = variable("ENDPOINT").filter(name -> !name.equals("aws"))
                .map(URI::create);
        return new S3Settings.Endpoint(uri, variable("REGION"),
                uri.isPresent() ? S3Settings.Addressing.PATH : S3Settings.Addressing.HOST);
    }

    private static Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv("CORDWOOD_TEST_S3_" + name))
                .filter(value -> !value.isEmpty());
    }
}
