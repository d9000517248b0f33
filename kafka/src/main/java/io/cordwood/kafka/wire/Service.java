package io.cordwood.kafka.wire;

import java.util.Optional;

/**
 * What connections serve, and within what bounds.
 *
 * @param advertised the address that clients are told to connect to; none for the one that each has
 *        reached
 */
public record Service(ApiTable apis, Room room, ConnectionBounds bounds,
        Optional<Endpoint> advertised) {}
