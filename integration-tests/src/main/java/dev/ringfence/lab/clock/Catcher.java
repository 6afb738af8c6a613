package dev.ringfence.lab.clock;

import java.util.List;
import java.util.Optional;

/**
 * One entry of a Catch.
 *
 * @param resultPath where the error goes in the state's input; empty when it is not wanted
 */
record Catcher(List<String> errorEquals, Optional<ReferencePath> resultPath, String next) {}
