package io.cordwood.kafka.wire;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** Turns the frames of one connection into requests. */
final class RequestParser {

    private final ApiTable apis;
    private final String connection;
    private final InetAddress client;
    private final Endpoint reached;
    private ClientInformation software = ClientInformation.EMPTY;

    RequestParser(ApiTable apis, SocketAddress client, Endpoint reached) {
        this.apis = apis;
        this.connection = client + "-" + reached.host() + ":" + reached.port();
        this.client = address(client);
        this.reached = reached;
    }

    /**
     * The request of a frame.
     *
     * @throws RuntimeException of one kind or another, as Kafka's classes do, when it is none that
     *         is served: nothing sensible can be answered then
     */
    Exchange parse(ByteBuffer frame) {
        int size = frame.remaining();
        RequestHeader header = RequestHeader.parse(frame);
        ApiKeys key = header.apiKey();
        if (key != ApiKeys.API_VERSIONS && !apis.has(key, header.apiVersion())) {
            throw new InvalidRequestException("version " + header.apiVersion() + " of " + key
                    + " is not served");
        }
        RequestContext context = new RequestContext(header, connection, client,
                KafkaPrincipal.ANONYMOUS,
                ListenerName.forSecurityProtocol(SecurityProtocol.PLAINTEXT),
                SecurityProtocol.PLAINTEXT, software, false);
        AbstractRequest request = context.parseRequest(frame).request;
        note(request);
        return new Exchange(new Call(context, reached), request, size);
    }

    /** Clients say what they are when they ask for versions. */
    private void note(AbstractRequest request) {
        if (request instanceof ApiVersionsRequest versions && versions.isValid()) {
            software = Optional.ofNullable(versions.data().clientSoftwareName())
                    .map(name -> new ClientInformation(name,
                            versions.data().clientSoftwareVersion()))
                    .orElse(ClientInformation.EMPTY);
        }
    }

    private static InetAddress address(SocketAddress socket) {
        try {
            return InetAddress.getByName(socket.hostAddress());
        } catch (UnknownHostException notAnAddress) {
            return InetAddress.getLoopbackAddress();
        }
    }
}
