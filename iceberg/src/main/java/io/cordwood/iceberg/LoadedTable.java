package io.cordwood.iceberg;

import java.nio.ByteBuffer;

/**
 * A table as a catalog gives it to its clients.
 *
 * @param location the address of its metadata
 * @param metadata its metadata, which is JSON
 */
public record LoadedTable(String location, ByteBuffer metadata) {}
