package io.cordwood.ingest;

/**
 * A batch that is durable and part of its partition.
 *
 * @param baseOffset of its first record; the others follow without a gap
 */
public record Appended(long baseOffset) {}
