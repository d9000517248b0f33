/**
 * A node: the parts of the log put together over a bucket and a local directory. The only place,
 * with the commands, that says {@code new} for them.
 */
@NullMarked
package io.cordwood.server.node;

import org.jspecify.annotations.NullMarked;
