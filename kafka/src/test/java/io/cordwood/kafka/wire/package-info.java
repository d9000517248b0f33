@NullMarked
package io.cordwood.kafka.wire;

import org.jspecify.annotations.NullMarked;
