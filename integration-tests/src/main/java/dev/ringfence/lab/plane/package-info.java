/**
 * The control plane on the simulated cloud: the adapters and functions that run in Lambda, on real
 * SDK clients.
 */
@NullMarked
package dev.ringfence.lab.plane;

import org.jspecify.annotations.NullMarked;
