/**
 * Starts functions as Lambda does: Lambda's own runtime client in a JVM of its own, before a
 * stand-in for the runtime API. A test shows that what is deployed starts and answers; {@link
 * dev.ringfence.coldstart.ColdStartBench} measures how long that takes.
 */
@org.jspecify.annotations.NullMarked
package dev.ringfence.coldstart;
