package io.cordwood.store.object.s3server;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The server in a process of its own, with its objects in a folder, so that it can be killed and
 * started again. It ends with the process that started it.
 */
public final class S3ServerProcess implements AutoCloseable {

    private static final String LISTENING = "listening on ";

    private final Process process;
    private final int port;

    private S3ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts the server and waits until it listens.
     *
     * @param folder where the objects are
     * @param port 0 for one that the system chooses
     */
    public static S3ServerProcess start(Path folder, int port) throws IOException {
        Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp",
                System.getProperty("java.class.path"),
                S3ServerProcess.class.getName(), folder.toAbsolutePath().toString(),
                Integer.toString(port)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String said = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (said == null || !said.startsWith(LISTENING)) {
            process.destroyForcibly();
            throw new IOException("the S3 server said " + said);
        }
        return new S3ServerProcess(process, Integer.parseInt(said.substring(LISTENING.length())));
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Kills it, as {@code kill -9} does, and waits until it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    /** The server: arguments are the folder and the port. Ends when its input does. */
    public static void main(String[] arguments) throws IOException {
        S3Server server = S3Server.inFolder(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        System.out.println(LISTENING + server.endpoint().getPort());
        int input = System.in.read();
        while (input >= 0) {
            input = System.in.read();
        }
        System.exit(0);
    }
}
