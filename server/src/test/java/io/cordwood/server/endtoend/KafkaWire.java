package io.cordwood.server.endtoend;

import io.cordwood.kafka.wire.RequestSamples;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/** A connection over which a test says what it likes. */
public final class KafkaWire implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 15_000;

    private final Socket socket;
    private final DataInputStream input;

    private KafkaWire(Socket socket) throws IOException {
        this.socket = socket;
        this.input = new DataInputStream(socket.getInputStream());
    }

    /** A connection to a server. */
    public static KafkaWire connect(RunningServer server) throws IOException {
        return connect(server.kafka());
    }

    /** A connection to a server at HOST:PORT. */
    static KafkaWire connect(String server) throws IOException {
        String[] address = server.split(":", 2);
        Socket socket = new Socket(address[0], Integer.parseInt(address[1]));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return new KafkaWire(socket);
    }

    /** The head of a request; its response is read by the same. */
    public static RequestHeader header(ApiKeys api, short version, int correlation) {
        return new RequestHeader(api, version, "test", correlation);
    }

    /** Sends bytes, whatever they are. */
    public void send(ByteBuffer bytes) throws IOException {
        socket.getOutputStream().write(bytes.array(), bytes.arrayOffset() + bytes.position(),
                bytes.remaining());
    }

    /** The next response, read by Kafka's own parser. */
    public AbstractResponse receive(RequestHeader header) throws IOException {
        return AbstractResponse.parseResponse(ByteBuffer.wrap(receive()), header);
    }

    /** The next frame. */
    byte[] receive() throws IOException {
        return input.readNBytes(input.readInt());
    }

    /** Sends a request and waits for its response. */
    public AbstractResponse ask(ApiKeys api, short version, ApiMessage request) throws IOException {
        RequestHeader header = header(api, version, version);
        send(RequestSamples.frame(header, request));
        return receive(header);
    }

    /** Whether the server closes the connection before it sends another byte. */
    boolean isClosedByServer() throws IOException {
        try {
            return input.read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
