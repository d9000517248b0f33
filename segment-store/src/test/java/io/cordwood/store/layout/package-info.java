/** What the keys of the bucket promise, as tests. */
@NullMarked
package io.cordwood.store.layout;

import org.jspecify.annotations.NullMarked;
