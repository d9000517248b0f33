package io.cordwood.server.grpc;

/**
 * A message that was received.
 *
 * @param bytes how many it has
 */
record Received<T>(T value, int bytes) {}
