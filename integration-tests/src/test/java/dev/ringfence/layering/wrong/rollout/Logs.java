package dev.ringfence.layering.wrong.rollout;

import org.slf4j.Logger;

/** Breaks a rule on purpose: the brain has no logger. */
record Logs(Logger log) {}
