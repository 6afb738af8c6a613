/** The objects that S3 keeps: versioned buckets, and what is put into and read from them. */
@NullMarked
package dev.ringfence.lab.cloud.s3;

import org.jspecify.annotations.NullMarked;
