package io.cordwood.store.object.faultproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A relay on a port of the loopback that the system chose, with a virtual thread per connection.
 */
public final class FaultProxy implements AutoCloseable {

    private final URI server;
    private final ServerSocket listener;
    private final AtomicLong sequence = new AtomicLong();
    private final List<WireRequest> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile WirePolicy policy = WirePolicy.none();

    private FaultProxy(URI server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /** Starts a relay to an HTTP server, through which all goes well until it is given a policy. */
    public static FaultProxy start(URI server) throws IOException {
        ServerSocket listener = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        FaultProxy proxy = new FaultProxy(server, listener);
        Thread.ofVirtual().start(proxy::accept);
        return proxy;
    }

    /** Where the relay listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Follows another policy from the next request on. */
    public void policy(WirePolicy other) {
        policy = other;
    }

    /** The requests that came since the start or since they were forgotten, in order. */
    public List<WireRequest> requests() {
        return List.copyOf(requests);
    }

    /** Forgets the requests so far, which are otherwise kept in memory. */
    public void forget() {
        requests.clear();
    }

    /** Breaks all connections that are open now. */
    public void cut() {
        open.forEach(FaultProxy::closeQuietly);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    WireFault faultOf(HttpHead head) {
        WireRequest request = new WireRequest(head.words().getFirst(), head.words().get(1),
                head.headers(),
                sequence.incrementAndGet());
        requests.add(request);
        return policy.faultOf(request);
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                open.add(client);
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The listener was closed: the relay has ended.
        }
    }

    private void serve(Socket client) {
        try (ClientConnection connection = new ClientConnection(this, client)) {
            connection.serve();
        } catch (IOException broken) {
            // One side went away, which is what this relay is for.
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It is closed all the same.
        }
    }
}
