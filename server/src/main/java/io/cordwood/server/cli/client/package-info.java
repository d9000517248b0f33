/**
 * The commands' side of {@code cordwood.v1}: calls that block until they are answered, readers that
 * take one message at a time, a stream to produce to.
 *
 * <p>Made for the one thread of a command. It tells apart what the server said, that nobody
 * answered, and that the connection broke, because a caller does something else in each case; it
 * knows nothing of lines, files or terminals.
 */
@NullMarked
package io.cordwood.server.cli.client;

import org.jspecify.annotations.NullMarked;
