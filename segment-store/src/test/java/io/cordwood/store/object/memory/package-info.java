/** Tests of the memory store. */
@NullMarked
package io.cordwood.store.object.memory;

import org.jspecify.annotations.NullMarked;
