/**
 * What a segment is, as tests, and what others need to make segments: {@link
 * io.cordwood.store.segment.SegmentForge}. {@link io.cordwood.store.segment.GoldenFile} freezes
 * formats, here and elsewhere.
 */
@NullMarked
package io.cordwood.store.segment;

import org.jspecify.annotations.NullMarked;
