/**
 * The segment: a sorted bag of runs, each a contiguous piece of one partition. One format for all
 * sizes, drawn in {@link io.cordwood.store.segment.SegmentLayout} and frozen by golden files.
 *
 * <p>This package turns batches into segments and finds them again. It knows no topics by name, no
 * offsets but those written in the runs, and nothing of where a segment is kept.
 */
@NullMarked
package io.cordwood.store.segment;

import org.jspecify.annotations.NullMarked;
