@NullMarked
package io.cordwood.server.observe;

import org.jspecify.annotations.NullMarked;
