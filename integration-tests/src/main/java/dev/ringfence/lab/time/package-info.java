/** The lab's clock. */
@NullMarked
package dev.ringfence.lab.time;

import org.jspecify.annotations.NullMarked;
