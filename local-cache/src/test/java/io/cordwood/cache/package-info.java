/** The specification of the cache, with a bucket and workers that answer when the test says so. */
@NullMarked
package io.cordwood.cache;

import org.jspecify.annotations.NullMarked;
