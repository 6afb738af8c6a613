/** What the simulated cloud promises, asked through the same requests that the SDK would send. */
@NullMarked
package dev.ringfence.lab.cloud;

import org.jspecify.annotations.NullMarked;
