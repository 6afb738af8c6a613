/** Names that the functions and the stack must agree on: variables, tables, event types. */
@NullMarked
package dev.ringfence.contract;

import org.jspecify.annotations.NullMarked;
