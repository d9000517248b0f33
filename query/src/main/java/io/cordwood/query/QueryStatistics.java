package io.cordwood.query;

/**
 * What was fetched so far, by whomever.
 *
 * @param fetches that found something
 * @param bytes of batches
 */
public record QueryStatistics(long fetches, long bytes) {}
