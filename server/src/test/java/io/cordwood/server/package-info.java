/** The edges on a port, as a specification. */
@NullMarked
package io.cordwood.server;

import org.jspecify.annotations.NullMarked;
