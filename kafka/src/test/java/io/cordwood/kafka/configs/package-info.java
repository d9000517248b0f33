/** What is said of settings here, and what Kafka says of them. */
@NullMarked
package io.cordwood.kafka.configs;

import org.jspecify.annotations.NullMarked;
