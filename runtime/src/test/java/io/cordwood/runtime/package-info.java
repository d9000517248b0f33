/** The manual loop on which all parts are tested, and the tests of this module. */
@NullMarked
package io.cordwood.runtime;

import org.jspecify.annotations.NullMarked;
