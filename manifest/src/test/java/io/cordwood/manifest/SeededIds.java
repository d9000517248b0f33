package io.cordwood.manifest;

import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Ids by chance: the same generator gives the same ids. */
public record SeededIds(RandomGenerator random) implements Supplier<UUID> {

    @Override
    public UUID get() {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
