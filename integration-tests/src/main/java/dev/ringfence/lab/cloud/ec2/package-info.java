/** The EC2 operations: instances, status checks, power, root replacement, console and tags. */
@NullMarked
package dev.ringfence.lab.cloud.ec2;

import org.jspecify.annotations.NullMarked;
