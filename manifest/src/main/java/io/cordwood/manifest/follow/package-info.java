/**
 * This node's view of the log: the state so far, brought forward entry by entry, and those who want
 * to know of each.
 */
@NullMarked
package io.cordwood.manifest.follow;

import org.jspecify.annotations.NullMarked;
