/**
 * What can happen, and the entries in which it is written down.
 *
 * <p>An event states a fact; entries are numbered and each continues the one before. The codec here
 * is the only place that turns them into bytes and back. Nothing here knows what events do.
 */
@NullMarked
package io.cordwood.manifest.event;

import org.jspecify.annotations.NullMarked;
