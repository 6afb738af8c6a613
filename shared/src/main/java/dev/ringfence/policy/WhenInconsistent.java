package dev.ringfence.policy;

/**
 * What happens to a machine whose restore point does not have the consistency that is asked for.
 */
public enum WhenInconsistent {
  /** It is not updated. */
  LEAVE_OUT,

  /** It is updated with what could be had, and that is recorded. */
  TAKE_CRASH
}
