/**
 * Reads history files from an object store: what to read is a pure function of a file's tail, and
 * reading it is thin.
 *
 * <p>Whatever takes time runs on workers. Nothing is kept: a {@code HistoryTail} and the rows of a
 * row group are values that know their size, for whoever wants to keep them.
 */
@NullMarked
package io.cordwood.history.read;

import org.jspecify.annotations.NullMarked;
