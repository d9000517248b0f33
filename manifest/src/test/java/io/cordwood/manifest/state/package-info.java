/**
 * What entries make true, as tests. {@link io.cordwood.manifest.state.EntryChain} writes logs by
 * hand, {@link io.cordwood.manifest.state.RandomHistory} by chance.
 */
@NullMarked
package io.cordwood.manifest.state;

import org.jspecify.annotations.NullMarked;
