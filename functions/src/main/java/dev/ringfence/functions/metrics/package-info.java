/** Tells CloudWatch numbers by writing log lines in the embedded metric format. */
@NullMarked
package dev.ringfence.functions.metrics;

import org.jspecify.annotations.NullMarked;
