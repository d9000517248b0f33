package io.cordwood.server.log;

import io.cordwood.manifest.event.TopicName;
import java.util.UUID;

/** A topic, and how many partitions it has, numbered from 0. */
public record TopicDescription(UUID id, TopicName name, int partitions) {}
