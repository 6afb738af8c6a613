/** What operators paste, and what they are answered. */
@NullMarked
package dev.ringfence.functions.console;

import org.jspecify.annotations.NullMarked;
