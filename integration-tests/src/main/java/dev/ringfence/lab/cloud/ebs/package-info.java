/** The EBS operations: snapshots and volumes. */
@NullMarked
package dev.ringfence.lab.cloud.ebs;

import org.jspecify.annotations.NullMarked;
