package dev.ringfence.infra.least;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringfence.lab.clock.LambdaTap;
import dev.ringfence.lab.wire.WireCall;
import dev.ringfence.lab.wire.WireTap;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Notes the IAM actions behind every call that a function makes, under the function's name. It
 * hears both of functions that start and of calls on the wire; the lab runs one function at a time,
 * so a call is that of whoever started last.
 */
final class FunctionCalls implements LambdaTap, WireTap {
  /** Under which calls are noted that no function made; there should be none. */
  static final String NOBODY = "nobody";

  private final TreeMap<String, TreeSet<String>> actions = new TreeMap<>();
  private final TreeMap<String, TreeSet<String>> tags = new TreeMap<>();
  private String running = NOBODY;

  /** Another lab is listened to, in which no function has run yet. */
  void another() {
    running = NOBODY;
  }

  @Override
  public void before(String function, JsonNode payload) {
    // Those that people invoke are deployed in the lab under their whole names.
    running = function.replaceFirst("^ringfence-", "");
  }

  @Override
  public void before(WireCall call) throws IOException {
    Set<String> called = Actions.of(call);
    actions.computeIfAbsent(running, function -> new TreeSet<>()).addAll(called);
    for (String action : called) {
      tags.computeIfAbsent(action, one -> new TreeSet<>()).addAll(Actions.tags(call));
    }
  }

  /** IAM actions by function. */
  SortedMap<String, ? extends SortedSet<String>> actions() {
    return Collections.unmodifiableSortedMap(actions);
  }

  /** The keys of the tags that calls of an action asked to be put on what they make. */
  SortedSet<String> tagsAskedBy(String action) {
    return tags.getOrDefault(action, new TreeSet<>());
  }
}
