package io.cordwood.store.object.s3server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.DirectWorkers;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.StoreUnderTest;
import io.cordwood.store.object.s3.S3ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3ServerProcessTest implements StoreUnderTest {

    @TempDir
    private Path folder;
    private S3ServerProcess server;
    private S3ObjectStore store;

    @BeforeEach
    void start() throws IOException {
        server = S3ServerProcess.start(folder, 0);
        store = settled(
                S3ObjectStore.open(S3Server.settings(server.endpoint(), ""), new DirectWorkers()));
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Test
    void objectsOutliveAKilledServerThatIsStartedAgainOnItsPort() throws IOException {
        given("segments/aa/1", "hello");

        server.kill();
        server = S3ServerProcess.start(folder, server.endpoint().getPort());

        assertThat(keys("", 10)).containsExactly("segments/aa/1");
    }
}
