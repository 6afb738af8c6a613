package dev.ringfence.operation;

/** Up to 50 machines of an operation: the unit of storage and of progress. */
public interface Part {
  /** How many machines one part holds at the most: what one SendCommand takes by id. */
  int MACHINES_MAX = 50;

  /** The part's number within its operation, from 0. */
  int number();
}
