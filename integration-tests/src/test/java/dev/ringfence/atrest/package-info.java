/**
 * Restore points of machines that hold still, through the real adapters and handlers on the lab.
 */
@NullMarked
package dev.ringfence.atrest;

import org.jspecify.annotations.NullMarked;
