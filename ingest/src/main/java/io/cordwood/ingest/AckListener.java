package io.cordwood.ingest;

/** Wants to know how long producers wait. */
@FunctionalInterface
public interface AckListener {

    /**
     * An append was acknowledged. Called on the loop of ingest; must not take long.
     *
     * @param nanos since there was room for it
     */
    void acknowledged(long nanos);
}
