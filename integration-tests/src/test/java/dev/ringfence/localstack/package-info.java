/**
 * What the stack deploys, on LocalStack: the rules with their patterns, and the clock's definition.
 * What it keeps of single operations is told by the contract suite.
 */
@NullMarked
package dev.ringfence.localstack;

import org.jspecify.annotations.NullMarked;
