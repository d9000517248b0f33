/**
 * Cordwood from the outside, as its README walks through it: real processes, real sockets, a real
 * text, kills and wiped disks.
 */
@NullMarked
package io.cordwood.server.endtoend;

import org.jspecify.annotations.NullMarked;
