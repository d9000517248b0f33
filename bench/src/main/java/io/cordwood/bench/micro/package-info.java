/**
 * The inner loops by JMH: one class each, named after what it measures. JMH extends these classes,
 * so they are not final, and it writes their fields.
 */
@NullMarked
package io.cordwood.bench.micro;

import org.jspecify.annotations.NullMarked;
