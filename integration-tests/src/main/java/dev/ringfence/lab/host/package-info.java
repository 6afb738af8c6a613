/** The page on the lab's port that plays the CloudWatch console's part for the custom widget. */
@NullMarked
package dev.ringfence.lab.host;

import org.jspecify.annotations.NullMarked;
