/**
 * Events in: a release was published, an alarm changed. Each function reads one kind of event and
 * hands it to the engine's intake; what may come of it is decided there.
 */
@NullMarked
package dev.ringfence.functions.intake;

import org.jspecify.annotations.NullMarked;
