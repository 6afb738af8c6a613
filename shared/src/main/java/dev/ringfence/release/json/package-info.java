/**
 * How JSON from outside becomes our values, or a list of everything that is wrong with it.
 *
 * <p>A {@link dev.ringfence.release.json.Shape} describes an object once; reading, writing, the
 * JSON Schema and the reference table are all made from that one description, so they cannot drift
 * apart. Nothing in here throws because of what an outsider wrote: refusal is a value.
 */
@NullMarked
package dev.ringfence.release.json;

import org.jspecify.annotations.NullMarked;
