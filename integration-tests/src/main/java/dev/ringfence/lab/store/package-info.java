/** The real DynamoDB engine in this process, for a control plane that runs on the lab. */
@NullMarked
package dev.ringfence.lab.store;

import org.jspecify.annotations.NullMarked;
