package io.cordwood.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.server.grpc.proto.Header;
import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.server.grpc.proto.Record;
import io.cordwood.server.log.NewRecord;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RecordHeader;
import io.cordwood.store.batch.StoredRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Records of the protocol and records of the log, each as a view of the other's bytes. */
final class Records {

    private Records() {}

    /**
     * The records of a request. Throws {@link RejectedException} if there are none or one is none.
     */
    static List<NewRecord> fromProto(ProduceRequest request) {
        if (request.getRecordsCount() == 0) {
            throw new RejectedException(Reason.INVALID_REQUEST, "there are no records to append");
        }
        OptionalInt partition = request.hasPartition()
                ? OptionalInt.of(request.getPartition())
                : OptionalInt.empty();
        List<NewRecord> records = new ArrayList<>(request.getRecordsCount());
        for (Record record : request.getRecordsList()) {
            records.add(new NewRecord(partition, fromProto(record, records.size())));
        }
        return records;
    }

    static io.cordwood.server.grpc.proto.StoredRecord toProto(StoredRecord stored) {
        LogRecord record = stored.record();
        Record.Builder proto = Record.newBuilder();
        record.key().ifPresent(key -> proto.setKey(view(key)));
        record.value().ifPresent(value -> proto.setValue(view(value)));
        if (record.timestampMillis() != LogRecord.NO_TIMESTAMP) {
            proto.setTimestampMillis(record.timestampMillis());
        }
        for (RecordHeader header : record.headers()) {
            Header.Builder named = proto.addHeadersBuilder().setKey(header.key());
            header.value().ifPresent(value -> named.setValue(view(value)));
        }
        return io.cordwood.server.grpc.proto.StoredRecord.newBuilder()
                .setOffset(stored.offset()).setRecord(proto).build();
    }

    private static LogRecord fromProto(Record record, int index) {
        return new LogRecord(timestamp(record, index),
                record.hasKey() ? Optional.of(view(record.getKey())) : Optional.empty(),
                record.hasValue() ? Optional.of(view(record.getValue())) : Optional.empty(),
                record.getHeadersList().stream().map(Records::fromProto).toList());
    }

    private static RecordHeader fromProto(Header header) {
        return new RecordHeader(header.getKey(),
                header.hasValue() ? Optional.of(view(header.getValue())) : Optional.empty());
    }

    private static long timestamp(Record record, int index) {
        if (!record.hasTimestampMillis()) {
            return LogRecord.NO_TIMESTAMP;
        }
        long millis = record.getTimestampMillis();
        if (millis < 0 || !LogRecord.timestampIsValid(millis)) {
            throw new RejectedException(Reason.INVALID_RECORD, "record " + index + " has the time "
                    + millis + ", which is not one in milliseconds since 1970");
        }
        return millis;
    }

    private static ByteBuffer view(ByteString bytes) {
        return bytes.asReadOnlyByteBuffer();
    }

    private static ByteString view(ByteBuffer bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes);
    }
}
