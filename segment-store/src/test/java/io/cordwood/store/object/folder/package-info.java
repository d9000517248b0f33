/** Tests of the folder store, some on a disk that fails when it is told to. */
@NullMarked
package io.cordwood.store.object.folder;

import org.jspecify.annotations.NullMarked;
