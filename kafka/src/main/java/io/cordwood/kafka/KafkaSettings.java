package io.cordwood.kafka;

import io.cordwood.kafka.wire.ConnectionBounds;
import io.cordwood.kafka.wire.Endpoint;
import java.util.Optional;

/**
 * How the edge serves.
 *
 * @param listen where it listens; port 0 lets the system choose
 * @param advertised the address that clients are told; none for the one that each has reached
 * @param fetchBytesMax the most that is read for one fetch
 * @param autoCreate whether a topic that a client asks for is made
 * @param logDir where the log is, as administrators are told
 */
public record KafkaSettings(Endpoint listen, Optional<Endpoint> advertised,
        ConnectionBounds bounds, int fetchBytesMax, boolean autoCreate, String logDir) {}
