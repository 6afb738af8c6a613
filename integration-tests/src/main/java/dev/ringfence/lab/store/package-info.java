/** Where the lab keeps operations: the real DynamoDB engine in this JVM, or plain memory. */
@NullMarked
package dev.ringfence.lab.store;

import org.jspecify.annotations.NullMarked;
