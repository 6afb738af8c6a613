/** What has expired, and what becomes of it, on the lab. */
@NullMarked
package dev.ringfence.expiry;

import org.jspecify.annotations.NullMarked;
