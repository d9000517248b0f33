@NullMarked
package io.cordwood.kafka.cluster;

import org.jspecify.annotations.NullMarked;
