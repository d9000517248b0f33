package io.cordwood.server.settings;

import java.util.Set;

/** An address to listen on, or to connect to. To listen on port 0 lets the system choose. */
public record HostPort(String host, int port) {

    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "0::0");

    public HostPort {
        if (host.isEmpty() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("write HOST:PORT, such as 127.0.0.1:8082");
        }
    }

    /**
     * Reads HOST:PORT; an IPv6 host stands in brackets. Throws {@link IllegalArgumentException} for
     * what is no address.
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("write HOST:PORT, such as 127.0.0.1:8082", wrong);
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Where others reach whoever listens here. Where that is on all addresses of the machine, it is
     * by the machine's name.
     *
     * @param machine its name
     * @param actualPort that is listened on
     */
    public HostPort reachedAt(String machine, int actualPort) {
        return new HostPort(EVERY_ADDRESS.contains(host) ? machine : host, actualPort);
    }
}
