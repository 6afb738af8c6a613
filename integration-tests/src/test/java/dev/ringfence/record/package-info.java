/** The store's contract, told to every store there is. */
@NullMarked
package dev.ringfence.record;

import org.jspecify.annotations.NullMarked;
