/**
 * Volumes and snapshots as things: immutable content, states and tags. The operations on them live
 * with EBS and EC2.
 */
@NullMarked
package dev.ringfence.lab.cloud.disk;

import org.jspecify.annotations.NullMarked;
