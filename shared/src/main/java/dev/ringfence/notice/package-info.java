/**
 * What a cell tells people and other cells: which turns of an operation are news, and the words for
 * them. Nothing waits for a notice and nothing depends on one; the table is the truth.
 */
@NullMarked
package dev.ringfence.notice;

import org.jspecify.annotations.NullMarked;
