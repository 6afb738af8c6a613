/**
 * Tells people and other cells what has become of operations. It reads the table's stream, so that
 * what is told was stored first, and nothing that was stored stays untold.
 */
@NullMarked
package dev.ringfence.functions.notice;

import org.jspecify.annotations.NullMarked;
