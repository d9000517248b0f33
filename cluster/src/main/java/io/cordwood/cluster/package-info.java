/**
 * Several processes over one log. One of them is the committer; the others hear of each entry from
 * it, and send it what they want to be true. Whoever hears nothing of it for a while takes its
 * place. Nothing depends on who believes to be the committer: an entry is in the log or not.
 */
@NullMarked
package io.cordwood.cluster;

import org.jspecify.annotations.NullMarked;
