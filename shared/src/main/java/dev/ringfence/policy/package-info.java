/**
 * What a team allows: who gets a release when, how many machines may be at risk, what counts as
 * proof of life, when to halt and how to come back. A product and a selector are a full policy; the
 * rest has defaults for each channel, and each default says why.
 */
@NullMarked
package dev.ringfence.policy;

import org.jspecify.annotations.NullMarked;
