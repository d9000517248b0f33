/**
 * Records become batches again: Kafka's RecordBatch, message format 2.
 *
 * <p>What is rebuilt has the same records at the same offsets, and all that a client can tell of
 * them; where one batch ends and the next begins, and how they are compressed, may differ from what
 * was once produced.
 */
@NullMarked
package io.cordwood.history.batch;

import org.jspecify.annotations.NullMarked;
