/** The networks of the account: subnets with and without a way out, and security groups. */
@NullMarked
package dev.ringfence.lab.cloud.network;

import org.jspecify.annotations.NullMarked;
