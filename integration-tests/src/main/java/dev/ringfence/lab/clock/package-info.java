/**
 * What makes the control plane tick on the lab: an interpreter of the Amazon States Language subset
 * that the deployed clock uses, the Step Functions operations over it, and Lambda functions that
 * run in this process. All of it on the virtual clock, all of it single-threaded.
 */
@NullMarked
package dev.ringfence.lab.clock;

import org.jspecify.annotations.NullMarked;
