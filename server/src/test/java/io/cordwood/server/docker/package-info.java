/** What {@code docker/} holds, checked as far as that goes without an engine. */
@NullMarked
package io.cordwood.server.docker;

import org.jspecify.annotations.NullMarked;
