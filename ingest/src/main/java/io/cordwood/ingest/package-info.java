/**
 * The produce path: batches come in, are gathered into segments, uploaded, committed in order, and
 * only then answered.
 *
 * <p>What always holds:
 * <ul>
 * <li>an append is answered with its offset after the manifest entry exists, never before;
 * <li>segments are committed in the order in which they were sealed, whatever the order in which
 * their uploads finish, so the order of a caller's appends to a partition is kept;
 * <li>every byte that is held is counted in one budget, from the admission of an append until its
 * segment is done, and given back exactly once;
 * <li>what the store does not take now is tried again until it does; meanwhile at most the budget
 * is held, and more is refused.
 * </ul>
 *
 * Everything is confined to one loop, which is also the committer's. This package knows nothing of
 * topics by name, of readers, and of what a batch holds; it does not know where the local WAL is
 * kept.
 */
@NullMarked
package io.cordwood.ingest;

import org.jspecify.annotations.NullMarked;
