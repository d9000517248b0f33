/**
 * The log as the edges see it: topics by name, records, offsets. Whatever the protocols have in
 * common is done here once: finding topics, choosing partitions, packing and unpacking batches,
 * bounds.
 */
@NullMarked
package io.cordwood.server.log;

import org.jspecify.annotations.NullMarked;
