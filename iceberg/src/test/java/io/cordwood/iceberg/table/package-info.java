@NullMarked
package io.cordwood.iceberg.table;

import org.jspecify.annotations.NullMarked;
