/**
 * The synthesized template, deployed by CloudFormation on LocalStack: what came of each resource is
 * read from its own service and compared with the template. What LocalStack cannot create is listed
 * by name in {@code Absent}.
 */
@NullMarked
package dev.ringfence.infra.deployed;

import org.jspecify.annotations.NullMarked;
