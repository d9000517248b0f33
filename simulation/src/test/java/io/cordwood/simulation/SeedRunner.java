package io.cordwood.simulation;

import java.util.Optional;
import java.util.function.LongFunction;

/** Runs a seed and says what was wrong, in types that every class loader shares. */
public final class SeedRunner implements LongFunction<Optional<String>> {

    @Override
    public Optional<String> apply(long seed) {
        return Simulation.run(seed).failure();
    }
}
