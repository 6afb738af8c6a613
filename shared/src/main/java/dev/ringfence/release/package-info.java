/** One version of a product and its frozen, signed manifest. */
@NullMarked
package dev.ringfence.release;

import org.jspecify.annotations.NullMarked;
