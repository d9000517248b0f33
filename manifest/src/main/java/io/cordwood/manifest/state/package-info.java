/**
 * What is true: the fold of all events up to an entry.
 *
 * <p>States are immutable and share what did not change, so a reader on any thread keeps the one it
 * has, and a committer can try out an entry that may never exist. Applying is pure: no clock, no
 * chance, no I/O, and the same log gives the same state on every node.
 */
@NullMarked
package io.cordwood.manifest.state;

import org.jspecify.annotations.NullMarked;
