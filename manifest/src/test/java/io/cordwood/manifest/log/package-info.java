/** What becomes of entries, checkpoints and the boundary in a bucket that fails, as tests. */
@NullMarked
package io.cordwood.manifest.log;

import org.jspecify.annotations.NullMarked;
