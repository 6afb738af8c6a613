/**
 * What is deployed, in AWS CDK. {@link dev.ringfence.infra.Ringfence} is the construct that a team
 * puts into its own app; the app here deploys it alone. Each concern is a construct of its own, and
 * all that one construct needs of another it is given.
 */
@NullMarked
package dev.ringfence.infra;

import org.jspecify.annotations.NullMarked;
