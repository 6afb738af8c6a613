package dev.ringfence.engine;

import dev.ringfence.engine.Store.StaleWrite;
import dev.ringfence.operation.Claim;
import dev.ringfence.operation.Custody;
import dev.ringfence.operation.Decision;
import dev.ringfence.operation.MachineClaim;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Who holds machines, for the engine's tests. */
final class TestingCustodies {
  private final Map<String, String> holders = new HashMap<>();
  private final Map<String, Map<String, String>> restored = new HashMap<>();

  Map<String, Custody> read(Set<String> machines, Predicate<String> goesOn) {
    Map<String, Custody> found = new HashMap<>();
    for (String machine : machines) {
      String holder = holders.get(machine);
      boolean over = holder != null && !goesOn.test(holder);
      found.put(machine, new Custody(holder, over, restored.getOrDefault(machine, Map.of())));
    }
    return found;
  }

  /**
   * Changes nothing.
   *
   * @throws StaleWrite when one of these claims cannot be made
   */
  void require(List<Claim> claims) {
    for (Claim any : claims) {
      switch (any) {
        case MachineClaim.Take take -> {
          String holder = holders.get(take.machine());
          String earlier =
              take.release() == null
                  ? null
                  : restored.getOrDefault(take.machine(), Map.of()).get(take.release());
          if ((holder != null && !holder.equals(take.holder()) && !holder.equals(take.left()))
              || (earlier != null && !earlier.equals(take.holder()))) {
            throw new StaleWrite(take.machine() + " is held by " + holder + ", " + earlier);
          }
        }
        case MachineClaim.GiveBack back -> {
          String holder = holders.get(back.machine());
          if (holder != null && !holder.equals(back.holder())) {
            throw new StaleWrite(back.machine() + " is held by " + holder);
          }
        }
        case Decision.LaneClaim lane -> {}
      }
    }
  }

  /** Makes claims that can be made. */
  void claim(List<Claim> claims) {
    for (Claim any : claims) {
      if (any instanceof MachineClaim.Take take) {
        holders.put(take.machine(), take.holder());
        if (take.release() != null) {
          restored
              .computeIfAbsent(take.machine(), machine -> new HashMap<>())
              .put(take.release(), take.holder());
        }
      } else if (any instanceof MachineClaim.GiveBack back) {
        holders.remove(back.machine());
      }
    }
  }
}
