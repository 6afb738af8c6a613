/** What operators may ask, tried without a store. */
@NullMarked
package dev.ringfence.control;

import org.jspecify.annotations.NullMarked;
