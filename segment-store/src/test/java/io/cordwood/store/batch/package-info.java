/**
 * What a batch is, as tests, and what others need to make batches, good and bad: {@link
 * io.cordwood.store.batch.RandomRecords} and {@link io.cordwood.store.batch.BatchForge}.
 */
@NullMarked
package io.cordwood.store.batch;

import org.jspecify.annotations.NullMarked;
