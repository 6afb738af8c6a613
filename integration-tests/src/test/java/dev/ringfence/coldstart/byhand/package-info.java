/** A function of ours without the framework, to tell what the framework costs. */
@org.jspecify.annotations.NullMarked
package dev.ringfence.coldstart.byhand;
