/**
 * Judges a finished run of the lab against Ringfence's ten promises, by what really happened: the
 * calls that took effect, what was written when, and the state of the machines behind all APIs. It
 * believes nothing of what the control plane says of itself that it can check.
 */
@NullMarked
package dev.ringfence.lab.judge;

import org.jspecify.annotations.NullMarked;
