/** How a node keeps up with the log, and what that costs, as tests. */
@NullMarked
package io.cordwood.manifest.follow;

import org.jspecify.annotations.NullMarked;
