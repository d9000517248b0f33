/** The commands, run in this process against a real gRPC edge before a log that does as told. */
@NullMarked
package io.cordwood.server.cli;

import org.jspecify.annotations.NullMarked;
