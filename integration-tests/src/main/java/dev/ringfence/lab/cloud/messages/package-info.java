/** What was said to the world: events put on EventBridge, and messages published to SNS. */
@NullMarked
package dev.ringfence.lab.cloud.messages;

import org.jspecify.annotations.NullMarked;
