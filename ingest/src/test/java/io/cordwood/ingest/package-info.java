/** The produce path as a specification, on a manual loop, real parts and a store that can break. */
@NullMarked
package io.cordwood.ingest;

import org.jspecify.annotations.NullMarked;
