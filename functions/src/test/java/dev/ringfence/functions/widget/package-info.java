/** The dashboard's widget, called as CloudWatch calls it. */
@NullMarked
package dev.ringfence.functions.widget;

import org.jspecify.annotations.NullMarked;
