package io.cordwood.store.segment;

/**
 * Where in its run a batch was added.
 *
 * @param index how many batches are before it
 * @param offsetDelta of its first record, counted from the run's first
 */
public record BatchPlace(int index, int offsetDelta) {}
