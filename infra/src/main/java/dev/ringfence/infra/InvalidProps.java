package dev.ringfence.infra;

/** The stack cannot be made of these props; the message names the prop and says what it must be. */
public final class InvalidProps extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  InvalidProps(String message) {
    super(message);
  }
}
