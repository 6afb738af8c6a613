package dev.ringfence.notice;

/** Carries news out of the cell. */
public interface Herald {
  /**
   * Tells it. The same news may be told twice, so whoever listens goes by type and operation.
   *
   * @throws RuntimeException when it may not have been told; it is then tried again
   */
  void tell(Notice notice);
}
