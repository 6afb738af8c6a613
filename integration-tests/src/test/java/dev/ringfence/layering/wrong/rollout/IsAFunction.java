package dev.ringfence.layering.wrong.rollout;

import com.amazonaws.services.lambda.runtime.Context;

/** Breaks a rule on purpose: the brain does not know that it runs in Lambda. */
record IsAFunction(Context context) {}
