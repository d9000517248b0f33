package io.cordwood.server.cli.client;

/** Where a server listens. */
public record ServerAddress(String host, int port) {

    private static final String FORM = "write HOST:PORT, such as 127.0.0.1:8082";

    public ServerAddress {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException(FORM);
        }
    }

    /** Reads HOST:PORT; an IPv6 host stands in brackets. */
    public static ServerAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        try {
            return new ServerAddress(host, Integer.parseInt(text.substring(colon + 1)));
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException(FORM, wrong);
        }
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
