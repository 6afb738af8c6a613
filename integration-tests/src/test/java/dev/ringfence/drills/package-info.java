/** Drills on the lab, through the real handlers and adapters. */
@NullMarked
package dev.ringfence.drills;

import org.jspecify.annotations.NullMarked;
