/**
 * What a CloudWatch dashboard invokes: hands its event to the widget of {@code shared} and answers
 * with the HTML as a JSON string.
 */
@NullMarked
package dev.ringfence.functions.widget;

import org.jspecify.annotations.NullMarked;
