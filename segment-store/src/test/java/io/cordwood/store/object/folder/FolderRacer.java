package io.cordwood.store.object.folder;

import static io.cordwood.store.object.StoreUnderTest.bytes;

import io.cordwood.runtime.DirectWorkers;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.PutOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Another process that writes the same keys if they are absent, in the same order. */
final class FolderRacer {

    static final int KEYS = 200;

    private final Process process;

    private FolderRacer(Process process) {
        this.process = process;
    }

    /** Starts a process and waits until it is ready to race. */
    static FolderRacer start(Path root, String name) throws IOException {
        Process process = new ProcessBuilder(System.getProperty("java.home") + "/bin/java",
                "-Xmx64m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), FolderRacer.class.getName(), root.toString(),
                name)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String ready = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (!"ready".equals(ready)) {
            throw new AssertionError("the racer said " + ready);
        }
        return new FolderRacer(process);
    }

    /** Lets it run. */
    void go() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).write("go\n");
        process.outputWriter(StandardCharsets.UTF_8).flush();
    }

    /** The keys that it was told it had created. */
    List<String> created() throws InterruptedException {
        List<String> keys = process.inputReader(StandardCharsets.UTF_8).lines().toList();
        if (process.waitFor() != 0) {
            throw new AssertionError("the racer failed");
        }
        return keys;
    }

    /** The other process: arguments are the folder and the name to write. */
    public static void main(String[] arguments) throws IOException {
        FolderObjectStore store = FolderObjectStore
                .open(Path.of(arguments[0]), new DirectWorkers(), new Random(1)).await();
        System.out.println("ready");
        System.in.read();
        for (int number = 0; number < KEYS; number++) {
            ObjectKey key = new ObjectKey("race/" + number);
            if (store.putIfAbsent(key, bytes(arguments[1])).await() instanceof PutOutcome.Created) {
                System.out.println(key);
            }
        }
    }
}
