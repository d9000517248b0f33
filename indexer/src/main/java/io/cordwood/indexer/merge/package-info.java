/**
 * Small runs become long ones: of every partition, a number that grows with the logarithm of what
 * it holds. The bytes of batches are copied as they are, so offsets never change.
 */
@NullMarked
package io.cordwood.indexer.merge;

import org.jspecify.annotations.NullMarked;
