package io.cordwood.server.cli;

import io.cordwood.server.grpc.proto.StoredRecord;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the value of each record byte for byte, and a newline. One without a value is empty. */
final class LinePrinter implements RecordPrinter {

    private final OutputStream out;

    LinePrinter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void print(int partition, StoredRecord record) throws IOException {
        record.getRecord().getValue().writeTo(out);
        out.write('\n');
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
