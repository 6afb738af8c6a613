package dev.ringfence.release.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Breaks JSON at random, from a seed: trees by hand, texts by the character. */
public final class JsonMutations {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Random random;

  public JsonMutations(long seed) {
    this.random = new Random(seed);
  }

  /** A copy with one to four things removed, replaced, renamed or added. */
  public JsonNode ofTree(JsonNode valid) {
    ObjectNode root = NODES.objectNode();
    root.set("root", valid.deepCopy());
    for (int i = random.nextInt(4); i >= 0; i--) {
      mutate(root);
    }
    return root.has("root") ? root.get("root") : NODES.nullNode();
  }

  /** A copy with a few characters removed, doubled or replaced. */
  public String ofText(String valid) {
    StringBuilder text = new StringBuilder(valid);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, text.charAt(at));
        default -> text.setCharAt(at, "{}[]\",:\\e9\u0000\ud800 ".charAt(random.nextInt(13)));
      }
    }
    return text.toString();
  }

  private void mutate(ObjectNode root) {
    List<JsonNode> holders = new ArrayList<>();
    collect(root, holders);
    if (holders.isEmpty()) {
      return; // everything was removed already
    }
    JsonNode holder = holders.get(random.nextInt(holders.size()));
    if (holder instanceof ObjectNode object) {
      mutateObject(object);
    } else if (holder instanceof ArrayNode array) {
      mutateArray(array);
    }
  }

  private void mutateObject(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1 -> object.set("x" + random.nextInt(9), object.get(name));
      default -> object.set(name, anything());
    }
  }

  private void mutateArray(ArrayNode array) {
    int at = random.nextInt(array.size());
    switch (random.nextInt(3)) {
      case 0 -> array.remove(at);
      case 1 -> array.add(array.get(at).deepCopy());
      default -> array.set(at, anything());
    }
  }

  private static void collect(JsonNode node, List<JsonNode> holders) {
    if (node.isContainerNode() && !node.isEmpty()) {
      holders.add(node);
      node.forEach(child -> collect(child, holders));
    }
  }

  private JsonNode anything() {
    return switch (random.nextInt(14)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt());
      case 3 -> NODES.numberNode(random.nextGaussian());
      case 4 -> NODES.numberNode(Double.POSITIVE_INFINITY);
      case 5 -> NODES.numberNode(new BigDecimal("1e999999"));
      case 6 -> NODES.textNode("");
      case 7 -> NODES.textNode("\ud800");
      case 8 -> NODES.textNode("PT" + random.nextLong() + "H");
      case 9 -> NODES.textNode("a".repeat(random.nextInt(300)));
      case 10 -> NODES.arrayNode();
      case 11 -> NODES.objectNode();
      case 12 -> NODES.arrayNode().add(NODES.nullNode()).add(1);
      default -> NODES.textNode("-P999999999999D");
    };
  }
}
