/** Tests of what is news. */
@NullMarked
package dev.ringfence.notice;

import org.jspecify.annotations.NullMarked;
