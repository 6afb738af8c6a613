/** Which paths back a machine has. */
@NullMarked
package dev.ringfence.fleet;

import org.jspecify.annotations.NullMarked;
