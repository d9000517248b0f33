package io.cordwood.history.read;

import io.cordwood.store.object.ObjectKey;

/**
 * Names some rows of a file that are kept as one.
 *
 * @param number of the piece in its file, from 0
 */
public record PieceKey(ObjectKey file, int number) {}
