/** The members of groups: what they ask of the coordinator, and what others want to know. */
@NullMarked
package io.cordwood.groups.members;

import org.jspecify.annotations.NullMarked;
