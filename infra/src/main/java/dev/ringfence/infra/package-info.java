/**
 * What is deployed, in AWS CDK. A beginning: the table and the clock; functions, rules and alarms
 * are yet to join.
 */
@NullMarked
package dev.ringfence.infra;

import org.jspecify.annotations.NullMarked;
