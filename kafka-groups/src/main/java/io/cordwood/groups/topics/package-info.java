/** The topics, as the group coordinator wants to be told of them. */
@NullMarked
package io.cordwood.groups.topics;

import org.jspecify.annotations.NullMarked;
