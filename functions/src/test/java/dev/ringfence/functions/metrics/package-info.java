/** Tests of what is told to CloudWatch. */
@NullMarked
package dev.ringfence.functions.metrics;

import org.jspecify.annotations.NullMarked;
