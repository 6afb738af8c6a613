package dev.ringfence.layering.wrong.rollout;

/** Breaks a rule on purpose: the name says nothing. */
record PlanHelper(String plan) {}
