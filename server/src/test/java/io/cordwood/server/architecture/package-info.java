/** The rules of the house, as tests: what may import what, how names and files may look. */
@NullMarked
package io.cordwood.server.architecture;

import org.jspecify.annotations.NullMarked;
