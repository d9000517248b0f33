/** What the group coordinator is told of the rest of the world: topics, and settings of groups. */
@NullMarked
package io.cordwood.groups.metadata;

import org.jspecify.annotations.NullMarked;
