package io.cordwood.kafka.wire;

/** An address that clients can connect to. */
public record Endpoint(String host, int port) {

    /**
     * The address that is written HOST:PORT; an IPv6 host stands in brackets. Throws
     * {@link IllegalArgumentException} for what is none.
     */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("no address: " + text);
        }
        String host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new Endpoint(bracketed ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(text.substring(colon + 1)));
    }
}
