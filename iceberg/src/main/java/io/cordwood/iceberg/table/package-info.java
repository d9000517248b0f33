/**
 * Tables as Iceberg's library writes them: the only part that knows it.
 */
@NullMarked
package io.cordwood.iceberg.table;

import org.jspecify.annotations.NullMarked;
