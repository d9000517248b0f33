package io.cordwood.store.object.s3;

import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.ObjectStoreContract;
import io.cordwood.store.object.faultproxy.FaultProxy;
import io.cordwood.store.object.s3server.S3Server;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** The contract on an S3-compatible server, through the relay that the tests of faults use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class S3ObjectStoreTest implements ObjectStoreContract {

    private S3Server server;
    private FaultProxy proxy;
    private S3ObjectStore store;

    @BeforeAll
    void start() throws IOException {
        server = S3Server.inMemory();
        proxy = FaultProxy.start(server.endpoint());
    }

    @BeforeEach
    void open(TestInfo test) {
        String prefix = "of/" + test.getDisplayName().replaceAll("[^A-Za-z]", "");
        store = FaultyS3.open(S3Server.settings(proxy.endpoint(), prefix)
                .withBounds(FaultyS3.FEW_ATTEMPTS));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @AfterAll
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Override
    public ObjectStore store() {
        return store;
    }
}
