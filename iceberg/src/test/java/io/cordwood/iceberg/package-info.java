@NullMarked
package io.cordwood.iceberg;

import org.jspecify.annotations.NullMarked;
