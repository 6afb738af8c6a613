/** Events as they are delivered, and what comes of them. */
@NullMarked
package dev.ringfence.functions.intake;

import org.jspecify.annotations.NullMarked;
