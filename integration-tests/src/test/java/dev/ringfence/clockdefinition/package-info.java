/** The clock's definition, as it is deployed, run on the lab. */
@NullMarked
package dev.ringfence.clockdefinition;

import org.jspecify.annotations.NullMarked;
