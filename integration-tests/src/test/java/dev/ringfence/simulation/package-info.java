/**
 * Hundreds of random stories, each told by one seed: a small fleet, a policy, a release, things
 * that go wrong in the world and on the way to it. Whatever happens, the eight promises hold.
 */
@NullMarked
package dev.ringfence.simulation;

import org.jspecify.annotations.NullMarked;
