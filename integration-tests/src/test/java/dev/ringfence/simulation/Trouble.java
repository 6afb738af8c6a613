package dev.ringfence.simulation;

/**
 * How often calls go wrong; each a probability per call.
 *
 * @param throttle the call is turned away
 * @param failure the service fails, once before and once after the effect
 * @param lost the request, or the answer, never arrives
 * @param death the function dies before or after the call
 * @param slow the call takes up to two minutes
 * @param store a write to the store fails, takes place without an answer, or finds itself overtaken
 */
record Trouble(
    double throttle, double failure, double lost, double death, double slow, double store) {
  static final Trouble NONE = new Trouble(0, 0, 0, 0, 0, 0);

  static Trouble draw(Dice dice) {
    if (dice.chance(0.3)) {
      return NONE;
    }
    double scale = dice.oneOf(0.005, 0.02, 0.06);
    return new Trouble(
        some(dice, scale),
        some(dice, scale),
        some(dice, scale),
        some(dice, scale / 2),
        some(dice, scale),
        some(dice, scale));
  }

  private static double some(Dice dice, double scale) {
    return dice.chance(0.6) ? scale : 0;
  }
}
