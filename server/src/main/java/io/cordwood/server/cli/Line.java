package io.cordwood.server.cli;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.cordwood.server.grpc.proto.Record;
import java.util.Optional;

/**
 * A line of the input as a record.
 *
 * @param number of the line, from 1
 */
record Line(long number, Record record) {

    private static final int OVERHEAD_BYTES = 16;

    /** Throws {@link CommandFailure} for a line without the separator, where there must be one. */
    static Line of(long number, byte[] bytes, Optional<ByteString> keySeparator) {
        ByteString line = UnsafeByteOperations.unsafeWrap(bytes);
        if (keySeparator.isEmpty()) {
            return new Line(number, Record.newBuilder().setValue(line).build());
        }
        int at = indexOf(line, keySeparator.get());
        if (at < 0) {
            throw new CommandFailure("line " + number + " has no key separator '"
                    + keySeparator.get().toStringUtf8() + "'",
                    "correct the line, or leave --key-separator away; what came before is sent");
        }
        return new Line(number, Record.newBuilder().setKey(line.substring(0, at))
                .setValue(line.substring(at + keySeparator.get().size())).build());
    }

    /** What it weighs in a request. */
    long bytes() {
        return (long) record.getKey().size() + record.getValue().size() + OVERHEAD_BYTES;
    }

    private static int indexOf(ByteString line, ByteString wanted) {
        for (int at = 0; at + wanted.size() <= line.size(); at++) {
            if (line.substring(at, at + wanted.size()).equals(wanted)) {
                return at;
            }
        }
        return -1;
    }
}
