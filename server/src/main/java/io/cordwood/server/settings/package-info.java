/**
 * What can be set, from where, and what it comes to. Defaults give way to the file, the file to the
 * environment, the environment to flags; whatever is wrong is reported at once, all of it.
 */
@NullMarked
package io.cordwood.server.settings;

import org.jspecify.annotations.NullMarked;
