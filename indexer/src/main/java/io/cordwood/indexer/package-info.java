/**
 * Behind the data path: merges what ingest flushed into large segments with long runs. Every change
 * is one more entry of the manifest, so readers never notice.
 *
 * <p>Plans are pure functions of a manifest state; whoever carries them out is bounded in bytes.
 */
@NullMarked
package io.cordwood.indexer;

import org.jspecify.annotations.NullMarked;
