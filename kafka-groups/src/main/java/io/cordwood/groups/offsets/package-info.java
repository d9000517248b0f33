/** The offsets that groups have committed: written, read, deleted, and part of transactions. */
@NullMarked
package io.cordwood.groups.offsets;

import org.jspecify.annotations.NullMarked;
