package io.cordwood.indexer;

import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Those of a process that is alone, as long as it works. */
public record AllDuties(BooleanSupplier working) implements Duties {

    @Override
    public boolean any() {
        return working.getAsBoolean();
    }

    @Override
    public boolean all() {
        return any();
    }

    @Override
    public Predicate<UUID> topics() {
        return topic -> true;
    }
}
