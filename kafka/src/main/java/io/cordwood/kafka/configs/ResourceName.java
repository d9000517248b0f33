package io.cordwood.kafka.configs;

/** How requests name what has settings. */
record ResourceName(byte type, String name) {}
