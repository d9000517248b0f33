package io.cordwood.bench;

import io.cordwood.bench.micro.MicroBenchmarks;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** All scenarios by name, and the program that runs one of them. */
enum Bench {

    MICRO("the inner loops, by JMH; -Dmicro=REGEX for some of them"),

    ACK_LATENCY("acknowledgements, idle and under load, against one write to the same store"),

    THROUGHPUT("produce and fetch over gRPC and HTTP against the same bytes in the folder store"),

    KAFKA("Kafka's own performance tools, producer and consumer, against the folder store"),

    KAFKA_LONE("a lone Kafka producer with its own defaults and a store that takes 75 ms"),

    PARTITIONS("the same load on 10, 1,000 and 10,000 partitions"),

    START_UP("a start with a manifest of a million runs, and the memory per run"),

    COLD_REPLAY("a replay that nothing remembers against raw ranged reads of the same bytes"),

    COST("requests and dollars per GB ingested and read at 1, 10 and 100 MB/s"),

    TIERED_REPLAY(
            "the same records as segments and as Parquet: bytes, and replay against raw reads"),

    MERGE_RATE("what ingest flushed, merged, against copying through the same store"),

    TIER_COST("requests and dollars per GB ingested, merged, converted and read, by partitions"),

    YEAR_IN_SMALL("5 GB over twelve months, merged, converted, expired: runs, objects, time"),

    COMMIT_RATE("segments committed for 1, 10 and 100 ingest nodes by a store that takes 75 ms"),

    THREE_NODES("three nodes on this machine against one: Kafka producers, and acknowledgements"),

    SLOW_STORE("HTTP produce into a slow store by a server with 256 MB of heap");

    private static final String HELP = "help";
    private static final int EXIT_USAGE = 2;

    private final String meaning;

    Bench(String meaning) {
        this.meaning = meaning;
    }

    /** Runs the scenario that is named, and ends the process, whatever threads are left. */
    public static void main(String[] arguments) {
        String name = arguments.length == 0 ? HELP : arguments[0];
        Optional<Bench> named = named(name);
        if (named.isEmpty()) {
            System.err.print(listing());
            System.exit(name.equals(HELP) ? 0 : EXIT_USAGE);
        }
        try {
            named.orElseThrow().scenario().run();
            System.exit(0);
        } catch (Exception failure) {
            failure.printStackTrace();
            System.exit(1);
        }
    }

    private Scenario scenario() {
        return switch (this) {
            case MICRO -> () -> MicroBenchmarks.run(System.getProperty("micro", ".*"));
            case ACK_LATENCY -> AckLatency::run;
            case THROUGHPUT -> Throughput::run;
            case KAFKA -> KafkaThroughput::run;
            case KAFKA_LONE -> LoneKafkaProducer::run;
            case PARTITIONS -> Partitions::run;
            case START_UP -> StartUp::run;
            case COLD_REPLAY -> ColdReplay::run;
            case COST -> Cost::run;
            case TIERED_REPLAY -> TieredReplay::run;
            case MERGE_RATE -> MergeRate::run;
            case TIER_COST -> TierCost::run;
            case YEAR_IN_SMALL -> YearInSmall::run;
            case COMMIT_RATE -> CommitRate::run;
            case THREE_NODES -> ThreeNodes::run;
            case SLOW_STORE -> SlowStore::run;
        };
    }

    private static Optional<Bench> named(String name) {
        return Arrays.stream(values()).filter(bench -> bench.spelling().equals(name)).findFirst();
    }

    private static String listing() {
        StringBuilder listing = new StringBuilder("The scenarios, for -Dscenario=NAME:\n");
        for (Bench bench : values()) {
            listing.append(String.format(Locale.ROOT, "  %-14s %s%n", bench.spelling(),
                    bench.meaning));
        }
        return listing.toString();
    }

    private String spelling() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
