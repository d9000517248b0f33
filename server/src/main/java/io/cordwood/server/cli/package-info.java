/**
 * The command line: one class for each verb, and what they share.
 *
 * <p>What always holds: data goes to the standard output and nothing else does; everything for
 * people goes to the error output; the exit code is 0 when it was done, 1 when it failed, 2 when it
 * was asked for wrongly; a reader that goes away ends a command quietly. The verbs here talk to a
 * server over gRPC and know nothing of buckets; those that do are given to the root command from
 * outside.
 */
@NullMarked
package io.cordwood.server.cli;

import org.jspecify.annotations.NullMarked;
