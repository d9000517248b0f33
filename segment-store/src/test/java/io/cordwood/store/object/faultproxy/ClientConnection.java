package io.cordwood.store.object.faultproxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One connection of a client, served until it ends. Every request goes to the server on a
 * connection of its own, so that the only broken connections are those that a fault breaks.
 */
final class ClientConnection implements AutoCloseable {

    private final FaultProxy proxy;
    private final Socket client;
    private final InputStream in;
    private final OutputStream out;

    ClientConnection(FaultProxy proxy, Socket client) throws IOException {
        this.proxy = proxy;
        this.client = client;
        client.setTcpNoDelay(true);
        this.in = new BufferedInputStream(client.getInputStream());
        this.out = client.getOutputStream();
    }

    void serve() throws IOException, InterruptedException {
        boolean goesOn = true;
        while (goesOn) {
            Optional<HttpHead> head = HttpHead.read(in);
            goesOn = head.isPresent() && serve(head.get(), proxy.faultOf(head.get()));
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }

    /** Serves one request; whether another can follow on this connection. */
    private boolean serve(HttpHead head, WireFault fault) throws IOException, InterruptedException {
        return switch (fault) {
            case WireFault.Pass ok -> relay(head, HttpBody.Flow.FREE);
            case WireFault.Slow slow ->
                relay(head, new HttpBody.Flow(slow.bytesPerSecond(), Long.MAX_VALUE));
            case WireFault.Delayed delayed -> {
                Thread.sleep(delayed.delay());
                yield serve(head, delayed.then());
            }
            case WireFault.Rejected rejected -> {
                HttpBody.copyRequest(head, in, OutputStream.nullOutputStream(), HttpBody.Flow.FREE);
                yield answer(rejected.status());
            }
            case WireFault.ResetBefore before -> reset();
            case WireFault.ResetWithin within -> {
                try (Socket server = proxy.connect()) {
                    send(head, server, new HttpBody.Flow(Long.MAX_VALUE, within.bytes()));
                    server.setSoLinger(true, 0);
                }
                yield reset();
            }
            case WireFault.LandedThenStatus status -> land(head) && answer(status.status());
            case WireFault.LandedThenReset lost -> land(head) && reset();
            case WireFault.LandedThenHang lost -> land(head) && hang();
            case WireFault.Truncated cut -> truncate(head, cut);
        };
    }

    private boolean relay(HttpHead head, HttpBody.Flow flow) throws IOException {
        try (Socket server = proxy.connect()) {
            send(head, server, flow);
            HttpHead answer = receive(head, server, out, flow);
            return !isLast(head) && !isLast(answer) && isDelimited(answer);
        }
    }

    private boolean land(HttpHead head) throws IOException {
        try (Socket server = proxy.connect()) {
            send(head, server, HttpBody.Flow.FREE);
            receive(head, server, OutputStream.nullOutputStream(), HttpBody.Flow.FREE);
            return true;
        }
    }

    private boolean truncate(HttpHead head, WireFault.Truncated cut) throws IOException {
        try (Socket server = proxy.connect()) {
            send(head, server, HttpBody.Flow.FREE);
            receive(head, server, out, new HttpBody.Flow(Long.MAX_VALUE, cut.bytes()));
        }
        return switch (cut.ending()) {
            case CLOSED -> false;
            case RESET -> reset();
        };
    }

    private void send(HttpHead head, Socket server, HttpBody.Flow flow) throws IOException {
        if (head.header("expect").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        server.getOutputStream().write(head.bytes());
        HttpBody.copyRequest(head, in, server.getOutputStream(), flow);
    }

    private static HttpHead receive(HttpHead request, Socket server, OutputStream to,
            HttpBody.Flow flow) throws IOException {
        InputStream from = new BufferedInputStream(server.getInputStream());
        HttpHead answer = answerOf(from);
        while (answer.status() / 100 == 1) {
            answer = answerOf(from);
        }
        to.write(answer.bytes());
        if (!request.words().getFirst().equals("HEAD") && hasBody(answer)) {
            HttpBody.copyAnswer(answer, from, to, flow);
        }
        to.flush();
        return answer;
    }

    private static HttpHead answerOf(InputStream from) throws IOException {
        return HttpHead.read(from).orElseThrow(() -> new IOException("the server closed"));
    }

    private boolean answer(int status) throws IOException {
        String body = "<Error><Code>" + code(status) + "</Code><Message>injected</Message></Error>";
        out.write(("HTTP/1.1 " + status
                + " Injected\r\nContent-Type: application/xml\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return true;
    }

    private boolean reset() throws IOException {
        client.setSoLinger(true, 0);
        client.close();
        return false;
    }

    private boolean hang() throws IOException {
        in.skip(Long.MAX_VALUE);
        return false;
    }

    private static boolean isLast(HttpHead head) {
        return head.header("connection").equalsIgnoreCase("close");
    }

    private static boolean hasBody(HttpHead answer) {
        return answer.status() != 204 && answer.status() != 304;
    }

    private static boolean isDelimited(HttpHead answer) {
        return !hasBody(answer) || !answer.header("content-length").isEmpty()
                || !answer.header("transfer-encoding").isEmpty();
    }

    private static String code(int status) {
        return switch (status) {
            case 403 -> "AccessDenied";
            case 404 -> "NoSuchKey";
            case 409 -> "ConditionalRequestConflict";
            case 412 -> "PreconditionFailed";
            case 500 -> "InternalError";
            case 503 -> "SlowDown";
            default -> "Injected";
        };
    }
}
