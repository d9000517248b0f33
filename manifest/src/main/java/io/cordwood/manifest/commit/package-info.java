/**
 * The committer: proposals are judged against the state, those that hold are grouped into the next
 * entry, and each is answered when the entry is in the log.
 *
 * <p>Judging is pure. That this process is the committer is only a belief: what makes a commit true
 * is the creation of its entry, and nothing else.
 */
@NullMarked
package io.cordwood.manifest.commit;

import org.jspecify.annotations.NullMarked;
