/**
 * The log of entries in the bucket: numbered objects, each created once. Whoever creates a number
 * has committed it; an outcome that is unknown is found out before anybody acts on it.
 *
 * <p>This package moves entries and checkpoints. It does not judge what they say.
 */
@NullMarked
package io.cordwood.manifest.log;

import org.jspecify.annotations.NullMarked;
