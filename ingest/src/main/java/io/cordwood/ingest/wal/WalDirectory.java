package io.cordwood.ingest.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;

/**
 * Numbered files in a directory of their own, which no other process uses while this one does.
 *
 * <p>Its methods block, and may be called on any thread, but one at a time. Nothing needs to
 * survive a power cut but the identity: what is not read back was not acknowledged.
 */
public interface WalDirectory {

    /** Who the directory is, as long as it exists: never the same as another's. Does not block. */
    UUID identity();

    /** The numbers of the files that there are, ascending. */
    List<Long> numbers() throws IOException;

    /** The first bytes of a file, all if it has no more than the bound. */
    ByteBuffer read(long number, int sizeMax) throws IOException;

    /**
     * Adds the remaining bytes of the buffers to the end of a file. A number that comes for the
     * first time begins a file, and ends the one before it: numbers only rise.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there was such a file at the opening
     */
    void append(long number, List<ByteBuffer> bytes) throws IOException;

    /** Deletes a file. Deleting what is not there succeeds. */
    void delete(long number) throws IOException;

    /** Gives a file another name, under which it is found by people and never read again. */
    void setAside(long number) throws IOException;

    /** Lets another process use the directory. */
    void close() throws IOException;

    /** Where it is, for people. */
    @Override
    String toString();
}
