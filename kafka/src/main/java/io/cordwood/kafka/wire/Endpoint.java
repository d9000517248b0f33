package io.cordwood.kafka.wire;

/** An address that clients can connect to. */
public record Endpoint(String host, int port) {}
