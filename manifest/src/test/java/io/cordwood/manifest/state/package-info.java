/** What entries make true, as tests; histories by chance, by {@link io.cordwood.manifest.state.RandomHistory}. */
@NullMarked
package io.cordwood.manifest.state;

import org.jspecify.annotations.NullMarked;
