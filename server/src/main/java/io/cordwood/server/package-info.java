/**
 * The program: its entry, the command that runs a server, and how the edges are put on the network.
 */
@NullMarked
package io.cordwood.server;

import org.jspecify.annotations.NullMarked;
