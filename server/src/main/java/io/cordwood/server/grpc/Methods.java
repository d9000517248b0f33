package io.cordwood.server.grpc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.Service;
import io.vertx.grpc.server.ServiceBuilder;
import java.util.function.Consumer;
import java.util.function.Function;

/** Collects the methods of a service, each with what carries it out. */
final class Methods {

    private final ServiceName name;
    private final ServiceBuilder builder;
    private final Arrivals arrivals;
    private final int messageBytesMax;

    Methods(ServiceDescriptor service, Arrivals arrivals, int messageBytesMax) {
        this.name = ServiceName.create(service.getFullName());
        this.builder = Service.service(name, service);
        this.arrivals = arrivals;
        this.messageBytesMax = messageBytesMax;
    }

    /** Adds a method that answers one message with one. */
    <Q extends MessageLite, A extends MessageLite> Methods unary(String method, Parser<Q> parser,
            Function<Received<Q>, Future<A>> answering) {
        return this.<Q, A>streaming(method, parser, call -> call.answer(answering));
    }

    /** Adds a method that does with its calls as it likes. */
    <Q extends MessageLite, A extends MessageLite> Methods streaming(String method,
            Parser<Q> parser, Consumer<Call<Q, A>> carryOut) {
        // Messages are decoded by the call: without copying, within bounds, and with an answer when
        // they are malformed.
        ServiceMethod<Buffer, Buffer> raw = ServiceMethod.server(name, method,
                GrpcMessageEncoder.IDENTITY, GrpcMessageDecoder.IDENTITY);
        MessageDecoder<Q> decoder = new MessageDecoder<>(parser, messageBytesMax);
        builder.bind(raw, request -> carryOut
                .accept(new Call<>(request, arrivals.current(), decoder)));
        return this;
    }

    Service service() {
        return builder.build();
    }
}
