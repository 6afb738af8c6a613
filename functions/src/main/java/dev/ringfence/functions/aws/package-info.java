/**
 * The world as AWS shows it: one class per service and concern, put together by {@link
 * dev.ringfence.functions.aws.AwsWorld}. Readers look in batches and name what they could not see;
 * the rest perform one effect once and say what came of it.
 */
@NullMarked
package dev.ringfence.functions.aws;

import org.jspecify.annotations.NullMarked;
