package io.cordwood.server.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.vertx.grpc.common.GrpcMessage;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.server.StatusException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;

/** Turns gRPC messages into protobuf messages whose bytes are views of what was received. */
final class MessageDecoder<T extends MessageLite> {

    private final Parser<T> parser;
    private final int bytesMax;

    /**
     * Creates a decoder.
     *
     * @param bytesMax bytes of the largest message, when it is not compressed any more
     */
    MessageDecoder(Parser<T> parser, int bytesMax) {
        this.parser = parser;
        this.bytesMax = bytesMax;
    }

    /**
     * Throws {@link RejectedException} for what is no such message or too large, and
     * {@link StatusException} for one that is compressed in an unknown way.
     */
    Received<T> decode(GrpcMessage message) {
        byte[] bytes = switch (message.encoding()) {
            case "identity" -> message.payload().getBytes();
            case "gzip" -> unzip(message.payload().getBytes());
            case String other -> throw new StatusException(GrpcStatus.UNIMPLEMENTED,
                    "messages compressed with '" + other + "' are not read: use gzip or none");
        };
        try {
            // The bytes are ours alone and do not change, so that keys and values may refer to
            // them.
            CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            input.enableAliasing(true);
            T value = parser.parseFrom(input);
            input.checkLastTagWas(0);
            return new Received<>(value, bytes.length);
        } catch (InvalidProtocolBufferException malformed) {
            throw new RejectedException(Reason.INVALID_REQUEST,
                    "the message is not of the type that the method takes: "
                            + malformed.getMessage(),
                    malformed);
        }
    }

    /** What a message larger than allowed is refused with. */
    RejectedException tooLarge() {
        return new RejectedException(Reason.RECORD_TOO_LARGE,
                "a message has at most " + bytesMax + " bytes: send less at once");
    }

    private byte[] unzip(byte[] zipped) {
        try (GZIPInputStream input = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            byte[] bytes = input.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw tooLarge();
            }
            return bytes;
        } catch (IOException malformed) {
            throw new RejectedException(Reason.INVALID_REQUEST,
                    "the message is not compressed with gzip, as its flag says", malformed);
        }
    }
}
