/**
 * Records and the batches they travel and rest in: Kafka's RecordBatch, message format 2.
 *
 * <p>A batch is stored exactly as it came. What is stored was validated so deeply that every later
 * reader may rely on it. This package is the only one that sees Kafka's record classes; it knows
 * nothing of partitions, segments or topics.
 */
@NullMarked
package io.cordwood.store.batch;

import org.jspecify.annotations.NullMarked;
