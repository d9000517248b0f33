package io.cordwood.simulation;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs many seeds with progress, or one aloud. */
@Command(name = "simulate", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Runs the whole service on a manual clock, a seed and a failing store.",
        footer = {"", "Ends with 1 at the first seed that fails, and says how to replay it."})
public final class SimulationCommand implements Callable<Integer> {

    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

    @Option(names = "--seeds", paramLabel = "COUNT", description = "How many seeds (1000).")
    private long seeds = 1_000;

    @Option(names = "--first", paramLabel = "SEED", description = "The first of them (1).")
    private long first = 1;

    @Option(names = "--replay", paramLabel = "SEED",
            description = "Runs this seed alone and prints everything that happens.")
    private Optional<Long> replay = Optional.empty();

    /** Runs from the command line. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SimulationCommand()).execute(arguments));
    }

    @Override
    public Integer call() {
        return replay.isPresent() ? report(Simulation.runAloud(replay.get())) : runAll();
    }

    private int runAll() {
        long begun = System.nanoTime();
        long shown = begun;
        long events = 0;
        Outcome.Tally tally = Outcome.Tally.NONE;
        for (long done = 0; done < seeds; done++) {
            Outcome outcome = Simulation.run(first + done);
            if (outcome.failure().isPresent()) {
                return report(outcome);
            }
            events += outcome.events();
            tally = tally.plus(outcome.tally());
            boolean last = done + 1 == seeds;
            if (last || System.nanoTime() - shown > PROGRESS_EVERY.toNanos()) {
                shown = System.nanoTime();
                System.out.printf(Locale.ROOT, "%,d of %,d seeds, %.1f a second: %s%n", done + 1,
                        seeds, (done + 1) * 1e9 / (shown - begun), tell(events, tally));
            }
        }
        return 0;
    }

    private static String tell(long events, Outcome.Tally tally) {
        Outcome.Producing producing = tally.producing();
        return String.format(Locale.ROOT, "%,d events, %,d faults, %,d crashes, %,d lives;"
                + " %,d elections, %,d lines, %,d of them broken, %,d proposals forwarded, %,d"
                + " entries pushed; %,d records sent, %,d stored, %,d reads; %,d of recognised producers, %,d"
                + " batches repeated, %,d transactions committed, %,d aborted, %,d clients fenced;"
                + " %,d merges, %,d conversions, %,d compactions, %,d expirations, %,d collections, %,d entries and %,d orphans"
                + " deleted",
                events, tally.faults(), tally.crashes(), tally.lives(),
                tally.sharing().elections(), tally.sharing().opened(), tally.sharing().broken(),
                tally.sharing().forwarded(), tally.sharing().pushed(), tally.sent(),
                tally.stored(), tally.reads(), producing.recognised(), producing.repeated(),
                producing.committed(), producing.aborted(), producing.fenced(),
                tally.tidying().merges(), tally.tidying().conversions(),
                tally.tidying().compactions(), tally.tidying().expirations(),
                tally.tidying().collections(), tally.tidying().entries(),
                tally.tidying().orphans());
    }

    private static int report(Outcome outcome) {
        outcome.failure().ifPresentOrElse(System.out::println,
                () -> System.out.println("seed " + outcome.seed() + " is fine: fingerprint "
                        + Long.toHexString(outcome.fingerprint())));
        return outcome.failure().isPresent() ? 1 : 0;
    }
}
