@NullMarked
package io.cordwood.indexer.convert;

import org.jspecify.annotations.NullMarked;
