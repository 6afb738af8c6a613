/**
 * The stack's event patterns, tried on the events that AWS's documentation shows with the matcher
 * that AWS itself uses.
 */
@NullMarked
package dev.ringfence.events;

import org.jspecify.annotations.NullMarked;
