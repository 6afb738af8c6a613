package dev.ringfence.layering.wrong.rollout;

import io.micronaut.context.annotation.Factory;

/** Breaks a rule on purpose: the brain knows no framework. */
@Factory
final class IsInjected {}
