/**
 * What we rely on in AWS, one promise at a time, held against whatever answers like AWS: the lab,
 * LocalStack, another emulator, and an account.
 */
@NullMarked
package dev.ringfence.awscontract;

import org.jspecify.annotations.NullMarked;
