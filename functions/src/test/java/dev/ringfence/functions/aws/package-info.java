/**
 * The adapters over hand-made clients: what they ask AWS for, and what they make of its answers.
 */
@NullMarked
package dev.ringfence.functions.aws;

import org.jspecify.annotations.NullMarked;
