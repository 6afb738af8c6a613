/** What was seen of machines and alarms, and the judgement over it: evidence in, verdict out. */
@NullMarked
package dev.ringfence.health;

import org.jspecify.annotations.NullMarked;
