package dev.ringfence.layering.wrong.rollout;

import dev.ringfence.layering.wrong.restore.Restored;

/** Breaks a rule on purpose: two state machines that know each other become one. */
record UsesARestore(Restored restored) {}
