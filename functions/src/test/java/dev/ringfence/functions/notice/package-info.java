/** The function that tells news, on records of the stream as DynamoDB writes them. */
@NullMarked
package dev.ringfence.functions.notice;

import org.jspecify.annotations.NullMarked;
