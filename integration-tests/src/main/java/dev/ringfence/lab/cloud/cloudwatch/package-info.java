/** CloudWatch alarms over what the machines report, and the state-change events they emit. */
@NullMarked
package dev.ringfence.lab.cloud.cloudwatch;

import org.jspecify.annotations.NullMarked;
