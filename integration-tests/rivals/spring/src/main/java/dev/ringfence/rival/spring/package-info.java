/** What a Java team writes that knows Spring: a function bean behind Spring's own adapter. */
@org.jspecify.annotations.NullMarked
package dev.ringfence.rival.spring;
