/**
 * What operators may ask from the console and how they are answered: what was asked is read and
 * refused by field, plans are told in words with a confirm hash over their facts, and a wish goes
 * to the engine. Every answer is JSON whose first member says all of it in one sentence.
 */
@NullMarked
package dev.ringfence.control;

import org.jspecify.annotations.NullMarked;
