/** The widget on the lab, looked at in a real browser. */
@NullMarked
package dev.ringfence.browser;

import org.jspecify.annotations.NullMarked;
