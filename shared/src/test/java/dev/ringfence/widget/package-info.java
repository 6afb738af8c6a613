/** What the widget prints, and how it looks. */
@NullMarked
package dev.ringfence.widget;

import org.jspecify.annotations.NullMarked;
