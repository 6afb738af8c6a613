/** The machines: their facts, and what makes one impossible or unsafe to restore. */
@NullMarked
package dev.ringfence.fleet;

import org.jspecify.annotations.NullMarked;
