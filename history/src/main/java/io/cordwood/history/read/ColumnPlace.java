package io.cordwood.history.read;

import io.cordwood.store.object.ByteRange;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.Encoding;

/**
 * Where a column of a row group is, as the footer says.
 *
 * @param values how many it has, absent ones among them
 * @param stringBytes of its byte strings, if it holds such
 * @param encodings of its data pages
 * @param dictionary the place of its dictionary page, if it has one
 * @param offsetIndex the place of the list of its pages
 * @param columnIndex the place of the list of its pages' smallest and largest values, if there is
 *        one
 */
record ColumnPlace(long values, long stringBytes, Set<Encoding> encodings,
        Optional<ByteRange> dictionary, ByteRange offsetIndex, Optional<ByteRange> columnIndex) {}
