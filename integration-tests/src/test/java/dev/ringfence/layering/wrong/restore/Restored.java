package dev.ringfence.layering.wrong.restore;

/** Something that a roll-out has no business with. */
public record Restored(String machine) {}
