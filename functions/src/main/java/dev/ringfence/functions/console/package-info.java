/**
 * What operators invoke from the Lambda console's Test tab and by CLI. Each function hands its
 * input to a desk of {@code control} and prints the answer so that it can be read as it stands.
 */
@NullMarked
package dev.ringfence.functions.console;

import org.jspecify.annotations.NullMarked;
