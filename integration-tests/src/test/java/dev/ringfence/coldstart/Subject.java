package dev.ringfence.coldstart;

import java.util.function.Supplier;

/**
 * A function that is measured.
 *
 * @param name as the tables have it
 * @param code what is started
 * @param events makes the next event; what it has to prepare in the cell is not measured
 * @param floor whether the others are compared with it
 * @param primed whether it prepares itself for its snapshot
 */
record Subject(
    String name, Instance.Code code, Supplier<String> events, boolean floor, boolean primed) {}
