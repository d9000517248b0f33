/**
 * Batches of one partition become the bytes of one history file.
 *
 * <p>Everything happens in memory, on the caller's thread, and takes as long as compressing takes:
 * it is work for a worker. The only bound on memory is the size at which the caller finishes a
 * file.
 */
@NullMarked
package io.cordwood.history.write;

import org.jspecify.annotations.NullMarked;
