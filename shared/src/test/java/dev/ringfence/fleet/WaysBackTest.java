package dev.ringfence.fleet;

import static dev.ringfence.fleet.Unrestorable.AUTO_SCALING;
import static dev.ringfence.fleet.Unrestorable.BARE_METAL;
import static dev.ringfence.fleet.Unrestorable.HIBERNATION;
import static dev.ringfence.fleet.Unrestorable.INSTANCE_STORE_DATA;
import static dev.ringfence.fleet.Unrestorable.PUBLIC_ADDRESS;
import static dev.ringfence.fleet.Unrestorable.SPOT;
import static dev.ringfence.fleet.Unrestorable.STOP_PROTECTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WaysBackTest {
  private static String title(Set<Unrestorable> known, Set<Unrestorable> agreed) {
    return WaysBack.of(known, agreed).title();
  }

  @Test
  void eachClosedPath_saysWhy() {
    assertEquals("A and B", title(Set.of(), Set.of()));
    assertEquals("A and B", title(Set.of(AUTO_SCALING), Set.of()));
    assertEquals("A only; not B for SPOT", title(Set.of(SPOT), Set.of()));
    assertEquals("B only; not A for BARE_METAL", title(Set.of(BARE_METAL), Set.of()));
    assertEquals(
        "none; not A for BARE_METAL; not B for STOP_PROTECTION, INSTANCE_STORE_DATA",
        title(Set.of(BARE_METAL, INSTANCE_STORE_DATA, STOP_PROTECTION), Set.of()));
    assertEquals(
        "none; not A for HIBERNATION; not B for HIBERNATION", title(Set.of(HIBERNATION), Set.of()));
  }

  /** Losing an address may be agreed to; that EC2 terminates a Spot machine may not. */
  @Test
  void agreement_opensPathBForItsPriceAndNothingElse() {
    Set<Unrestorable> known = Set.of(BARE_METAL, PUBLIC_ADDRESS);
    assertEquals(
        "B only; not A for BARE_METAL, B at the price of PUBLIC_ADDRESS",
        title(known, Set.of(PUBLIC_ADDRESS)));
    assertEquals(
        "none; not A for BARE_METAL; not B for PUBLIC_ADDRESS",
        title(known, Set.of(INSTANCE_STORE_DATA)));
    assertEquals("A only; not B for SPOT", title(Set.of(SPOT), EnumSet.allOf(Unrestorable.class)));
  }

  @Test
  void machineWithOneOpenPath_hasNoObstacle() {
    assertEquals(Set.of(), Unrestorable.obstacles(Set.of(SPOT, STOP_PROTECTION, AUTO_SCALING)));
    assertEquals(Set.of(), Unrestorable.obstacles(Set.of(BARE_METAL, AUTO_SCALING)));
    assertEquals(
        Set.of(BARE_METAL, SPOT), Unrestorable.obstacles(Set.of(BARE_METAL, SPOT, AUTO_SCALING)));
  }

  /** Whoever can be restored at a price needs a restore point, should somebody agree to it. */
  @Test
  void machineWhosePathHasAPrice_isRestorable() {
    assertTrue(machine(Set.of(BARE_METAL, PUBLIC_ADDRESS)).isRestorable());
    assertFalse(machine(Set.of(BARE_METAL, STOP_PROTECTION)).isRestorable());
    assertFalse(machine(Set.of(HIBERNATION)).isRestorable());
  }

  private static Machine machine(Set<Unrestorable> known) {
    return new Machine("i-1", "az-1", "Windows", "m5", "3", Map.of(), "vol-1", true, known);
  }
}
