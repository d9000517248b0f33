@NullMarked
package io.cordwood.kafka;

import org.jspecify.annotations.NullMarked;
