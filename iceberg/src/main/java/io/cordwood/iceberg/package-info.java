/**
 * The history of topics as Iceberg tables. The metadata of a table is made of the manifest's state
 * alone, and is the topic's table once the manifest says so: nothing is read back from it, and a
 * fetch never looks at it.
 */
@NullMarked
package io.cordwood.iceberg;

import org.jspecify.annotations.NullMarked;
