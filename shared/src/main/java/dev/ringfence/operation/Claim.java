package dev.ringfence.operation;

/** What an operation claims for itself, or gives back, in the commit that needs it. */
public sealed interface Claim permits Decision.LaneClaim, MachineClaim {}
