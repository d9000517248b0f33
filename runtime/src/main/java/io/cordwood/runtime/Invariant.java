package io.cordwood.runtime;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

/**
 * A check that is always on. What it guards is not an input but a promise of the code to itself:
 * where it does not hold there is a bug, and going on would make it worse.
 */
public final class Invariant {

    private Invariant() {}

    /**
     * Throws a failure that is a broken promise: futures carry what is thrown while they complete,
     * and whoever handles a failure must not go on after this one.
     */
    public static void rethrow(Throwable failure) {
        if (failure instanceof AssertionError broken) {
            throw broken;
        }
    }

    /**
     * Throws {@link AssertionError} unless the condition holds.
     *
     * @param promise the sentence that should have been true, a format for {@code details}
     */
    @FormatMethod
    public static void check(boolean holds, @FormatString String promise, Object... details) {
        if (!holds) {
            throw new AssertionError("broken: " + String.format(promise, details));
        }
    }
}
