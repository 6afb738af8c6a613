/** Auto Scaling: groups that keep their size, members in service and in standby. */
@NullMarked
package dev.ringfence.lab.cloud.autoscaling;

import org.jspecify.annotations.NullMarked;
