/**
 * How calls of the real AWS SDK clients (and of the AWS CLI) reach the lab and how answers travel
 * back: the protocols of AWS (EC2 Query, AWS Query, AWS JSON, Smithy RPC v2 CBOR, REST-XML), the
 * registry of what is answered, and the places where a test may lose, refuse or count a call. What
 * an operation does is not known here.
 */
@NullMarked
package dev.ringfence.lab.wire;

import org.jspecify.annotations.NullMarked;
