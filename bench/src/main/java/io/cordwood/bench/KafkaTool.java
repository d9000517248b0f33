package io.cordwood.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One of Kafka's own command line tools, in a process of its own. */
record KafkaTool(String mainClass) {

    static final KafkaTool PRODUCER = new KafkaTool(
            "org.apache.kafka.tools.ProducerPerformance");
    static final KafkaTool CONSUMER = new KafkaTool(
            "org.apache.kafka.tools.ConsumerPerformance");

    /** Runs it to its end; gives the last line that it says, which sums up. */
    String run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().filter(line -> !line.isBlank())
                .toList();
        if (process.waitFor() != 0 || lines.isEmpty()) {
            throw new IOException(mainClass + " failed: " + lines);
        }
        return lines.getLast();
    }
}
