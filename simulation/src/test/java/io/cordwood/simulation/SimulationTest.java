package io.cordwood.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class SimulationTest {

    /** From here on, so many seeds try everything. */
    private static final int FIRST = 101;
    private static final int SEEDS = 200;

    private final Map<Long, Outcome> outcomes = new ConcurrentHashMap<>();

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverHappensTheLogKeepsItsPromises(long seed) {
        assertThat(outcome(seed).failure()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 107, 113})
    void theSameSeedIsTheSameRun(long seed) {
        assertThat(Simulation.run(seed)).isEqualTo(outcome(seed));
    }

    @Test
    void anotherSeedIsAnotherRun() {
        assertThat(outcome(101).fingerprint()).isNotEqualTo(outcome(102).fingerprint());
    }

    @Test
    void theSeedsTryEverything() {
        Outcome.Tally all = seeds().mapToObj(this::outcome).map(Outcome::tally)
                .reduce(Outcome.Tally.NONE, Outcome.Tally::plus);

        assertThat(all.stored()).isGreaterThan(40_000).isLessThan(all.sent());
        assertThat(all.reads()).isGreaterThan(10_000);
        assertThat(all.crashes()).isGreaterThan(300);
        assertThat(all.lives()).isGreaterThan(1_500);
        assertThat(all.faults()).isGreaterThan(9_000);
        assertThat(all.sharing().elections()).isGreaterThan(800);
        assertThat(all.sharing().broken()).isGreaterThan(300);
        assertThat(all.sharing().forwarded()).isGreaterThan(20_000);
        assertThat(all.sharing().pushed()).isGreaterThan(50_000);
        assertThat(all.producing().recognised()).isGreaterThan(25_000);
        assertThat(all.producing().repeated()).isGreaterThan(2_500);
        assertThat(all.producing().committed()).isGreaterThan(400);
        assertThat(all.producing().aborted()).isGreaterThan(800);
        assertThat(all.producing().fenced()).isGreaterThan(400);
        assertThat(all.tidying().merges()).isGreaterThan(2_000);
        assertThat(all.tidying().conversions()).isGreaterThan(500);
        assertThat(all.tidying().compactions()).isGreaterThan(50);
        assertThat(all.tidying().expirations()).isGreaterThan(300);
        assertThat(all.tidying().collections()).isGreaterThan(100);
        assertThat(all.tidying().entries()).isGreaterThan(5_000);
        assertThat(all.tidying().orphans()).isGreaterThan(50);
    }

    /** A seed is run once, for all who ask. */
    private Outcome outcome(long seed) {
        return outcomes.computeIfAbsent(seed, Simulation::run);
    }
}
