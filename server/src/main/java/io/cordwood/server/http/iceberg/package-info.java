/**
 * Iceberg's REST catalog, for reading: the tables that topics are, for Spark, Trino, DuckDB and
 * whatever else speaks it.
 */
@NullMarked
package io.cordwood.server.http.iceberg;

import org.jspecify.annotations.NullMarked;
