package dev.ringfence.layering.wrong.lab.cloud;

import dev.ringfence.layering.wrong.restore.Restored;

/**
 * Breaks a rule on purpose: a cloud that knows what is tested on it can be talked into anything.
 */
record KnowsTheBrain(Restored restored) {}
