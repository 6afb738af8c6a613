/** What a Java team writes that wants a function to start quickly: a handler and nothing else. */
@org.jspecify.annotations.NullMarked
package dev.ringfence.rival.plain;
