package dev.ringfence.lab.cloud.cloudwatch;

import dev.ringfence.lab.wire.AwsFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rule of a composite alarm: {@code ALARM(name)}, {@code OK(name)}, {@code
 * INSUFFICIENT_DATA(name)}, {@code AND}, {@code OR}, {@code NOT}, {@code TRUE}, {@code FALSE} and
 * brackets. AND binds stronger than OR.
 */
final class RuleExpression {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\\s*\\(\\s*(?:\"([^\"]+)\"|([^\")\\s]+))\\s*\\)"
              + "|(AND|OR|NOT|TRUE|FALSE|\\(|\\)))\\s*");

  /** Answers whether a rule holds, given the states of alarms by name. */
  private interface Node {
    boolean holds(Function<String, Alarm.State> states);
  }

  private record Token(String word, String alarm) {}

  private final List<Token> tokens = new ArrayList<>();
  private final Set<String> children = new TreeSet<>();
  private final String text;
  private final Node root;
  private int next;

  private RuleExpression(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      String alarm = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
      tokens.add(
          matcher.group(1) == null
              ? new Token(matcher.group(4), "")
              : new Token(matcher.group(1), alarm == null ? "" : alarm));
      end = matcher.end();
    }
    this.root = or();
    if (end < text.length() || next < tokens.size()) {
      throw malformed();
    }
  }

  static RuleExpression parse(String text) {
    return new RuleExpression(text);
  }

  Set<String> children() {
    return children;
  }

  boolean holds(Function<String, Alarm.State> states) {
    return root.holds(states);
  }

  private Node or() {
    Node left = and();
    while (accept("OR")) {
      Node before = left;
      Node right = and();
      left = states -> before.holds(states) || right.holds(states);
    }
    return left;
  }

  private Node and() {
    Node left = atom();
    while (accept("AND")) {
      Node before = left;
      Node right = atom();
      left = states -> before.holds(states) && right.holds(states);
    }
    return left;
  }

  private Node atom() {
    if (accept("NOT")) {
      Node inner = atom();
      return states -> !inner.holds(states);
    }
    if (accept("(")) {
      Node inner = or();
      if (!accept(")")) {
        throw malformed();
      }
      return inner;
    }
    if (accept("TRUE")) {
      return states -> true;
    }
    if (accept("FALSE")) {
      return states -> false;
    }
    if (next >= tokens.size() || tokens.get(next).alarm().isEmpty()) {
      throw malformed();
    }
    Token token = tokens.get(next++);
    Alarm.State wanted = Alarm.State.valueOf(token.word());
    children.add(token.alarm());
    return states -> states.apply(token.alarm()) == wanted;
  }

  private boolean accept(String word) {
    boolean found =
        next < tokens.size()
            && tokens.get(next).word().equals(word)
            && tokens.get(next).alarm().isEmpty();
    next += found ? 1 : 0;
    return found;
  }

  private AwsFault malformed() {
    return new AwsFault("ValidationError", 400, "AlarmRule is malformed: " + text);
  }
}
