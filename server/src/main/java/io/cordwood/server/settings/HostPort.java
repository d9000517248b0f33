package io.cordwood.server.settings;

/** An address to listen on, or to connect to. To listen on port 0 lets the system choose. */
public record HostPort(String host, int port) {

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
}
