/**
 * The committer: proposals are judged against the state, those that hold are grouped into the next
 * entry, and each is answered when the entry is in the log.
 *
 * <p>Judging is pure. That this process is the committer is only a belief: what makes a commit true
 * is the creation of its entry, and nothing else.
 *
 * <p>A proposal may come from another node. So whatever can be a proposal can be judged: what it
 * must not be, its constructor refuses, and {@link io.cordwood.manifest.commit.ProposalCodec} with
 * it.
 */
@NullMarked
package io.cordwood.manifest.commit;

import org.jspecify.annotations.NullMarked;
