package io.cordwood.server.cli;

import io.cordwood.server.grpc.proto.StoredRecord;
import java.io.IOException;

/** Writes records to the standard output. */
interface RecordPrinter {

    void print(int partition, StoredRecord record) throws IOException;

    /** Lets go of what was printed. */
    void flush() throws IOException;
}
