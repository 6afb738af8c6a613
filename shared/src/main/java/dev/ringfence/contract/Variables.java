package dev.ringfence.contract;

/** The environment variables of every function; the stack sets them, the wiring reads them. */
public final class Variables {
  /** The Region to work in; Lambda sets it by itself. */
  public static final String REGION = "AWS_REGION";

  /** What the cell is called; its metrics carry it. */
  public static final String CELL = "RINGFENCE_CELL";

  /**
   * What a cell may be called. The longest function is named after its cell in at most 64
   * characters (Lambda).
   */
  public static final String CELL_NAME = "[A-Za-z][A-Za-z0-9-]{0,30}";

  /** The name of the DynamoDB table. */
  public static final String TABLE = "RINGFENCE_TABLE";

  /** The ARN of the state machine that beats for every operation. */
  public static final String CLOCK = "RINGFENCE_CLOCK";

  /** The name of the cell's own event bus; without it nothing is told. */
  public static final String BUS = "RINGFENCE_BUS";

  /** The bucket for console pictures and output; without it none are kept. */
  public static final String EVIDENCE = "RINGFENCE_EVIDENCE";

  private Variables() {}
}
