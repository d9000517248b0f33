@NullMarked
package io.cordwood.server.node;

import org.jspecify.annotations.NullMarked;
