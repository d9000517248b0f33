package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server cannot listen where another program does, and says how to have it listen elsewhere. */
class TakenPortsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"http", "kafka", "cluster"})
    void whatIsTakenIsSaidAndWhatToSet(String setting) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            assertThatThrownBy(() -> RunningServer.start("file:" + folder.resolve("bucket"),
                    folder.resolve("local"), "--" + setting, address).close())
                    .hasMessageContaining("The server cannot go on: it cannot listen on " + address
                            + " (Address already in use): set '" + setting
                            + "' to another address");
        }
    }
}
