/**
 * Stores for the lab: the real DynamoDB engine in this JVM, and a twin in memory that keeps the
 * same contract for suites of many seeds.
 */
@NullMarked
package dev.ringfence.lab.store;

import org.jspecify.annotations.NullMarked;
