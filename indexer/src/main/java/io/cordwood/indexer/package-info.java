/**
 * Behind the data path: merges what ingest flushed into large segments with long runs, lets go what
 * is too old or too much, and deletes what nobody needs. Every change is one more entry of the
 * manifest.
 *
 * <p>Plans are pure functions of a manifest state; whoever carries them out is bounded in bytes.
 */
@NullMarked
package io.cordwood.indexer;

import org.jspecify.annotations.NullMarked;
