/**
 * Measures what the control plane costs: time, memory, API calls and table units, printed beside
 * the bounds that were promised and beside scripts without a control plane. Nothing in here passes
 * or fails; a slow machine only prints larger numbers.
 */
@org.jspecify.annotations.NullMarked
package dev.ringfence.bench;
