/** Who uses and who disturbs the service. */
@NullMarked
package io.cordwood.simulation.work;

import org.jspecify.annotations.NullMarked;
