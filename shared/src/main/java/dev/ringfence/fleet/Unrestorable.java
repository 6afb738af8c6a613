package dev.ringfence.fleet;

public enum Unrestorable {
  HYBRID_NODE,
  NO_RESTORE_POINT,
  BARE_METAL,
  HIBERNATION,
  INSTANCE_STORE_ROOT,
  SPOT
}
