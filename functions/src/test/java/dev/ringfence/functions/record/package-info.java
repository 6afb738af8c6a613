/** What is stored must come back as it was. */
@NullMarked
package dev.ringfence.functions.record;

import org.jspecify.annotations.NullMarked;
