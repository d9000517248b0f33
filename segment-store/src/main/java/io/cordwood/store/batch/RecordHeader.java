package io.cordwood.store.batch;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A named value beside a record. Names may repeat; an absent value is not an empty one. */
public record RecordHeader(String key, Optional<ByteBuffer> value) {}
