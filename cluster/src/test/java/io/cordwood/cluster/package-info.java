@NullMarked
package io.cordwood.cluster;

import org.jspecify.annotations.NullMarked;
