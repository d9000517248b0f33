package io.cordwood.history.rows;

import java.nio.ByteBuffer;

/**
 * A data page as it is stored, its head included.
 *
 * @param rows those whose values are on it
 */
public record StoredPage(ByteBuffer bytes, RowSpan rows) {}
