package dev.ringfence.lab.cloud.ec2;

import dev.ringfence.lab.cloud.machine.Hardware;
import dev.ringfence.lab.cloud.machine.Machine;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * What a machine's screen shows, as a small JPEG. It is painted pixel by pixel: text would need
 * fonts, and a build server has none.
 */
final class Screen {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 200;
  private static final int BLACK = 0x000000;
  private static final int BLUE = 0x0a5fb4;
  private static final int WHITE = 0xffffff;
  private static final int GREY = 0xb0b0b0;

  private Screen() {}

  static byte[] jpegOf(Machine machine) {
    boolean windows = machine.hardware().os() == Hardware.Os.WINDOWS;
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    switch (machine.condition()) {
      case OFF -> fill(image, 0, 0, WIDTH, HEIGHT, BLACK);
      case BOOTING -> lines(image, BLACK, GREY, 3);
      case UP -> lines(image, windows ? 0x103050 : BLACK, GREY, 2);
      case CRASHED -> {
        if (windows) {
          lines(image, BLUE, WHITE, 3);
          sadFace(image);
        } else {
          lines(image, BLACK, WHITE, 9);
        }
      }
    }
    return encode(image);
  }

  private static void lines(BufferedImage image, int background, int colour, int count) {
    fill(image, 0, 0, WIDTH, HEIGHT, background);
    for (int i = 0; i < count; i++) {
      // Uneven ends, so that it looks like text.
      fill(image, 30, 100 + i * 10, 120 + (i * 53) % 140, 4, colour);
    }
  }

  /** A colon and a bracket. */
  private static void sadFace(BufferedImage image) {
    fill(image, 40, 36, 8, 8, WHITE);
    fill(image, 40, 60, 8, 8, WHITE);
    fill(image, 72, 30, 6, 8, WHITE);
    fill(image, 66, 36, 6, 34, WHITE);
    fill(image, 72, 68, 6, 8, WHITE);
  }

  private static void fill(BufferedImage image, int x, int y, int width, int height, int colour) {
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, colour);
    image.setRGB(x, y, width, height, pixels, 0, width);
  }

  private static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpg", bytes);
    } catch (IOException cannotHappenInMemory) {
      throw new UncheckedIOException(cannotHappenInMemory);
    }
    return bytes.toByteArray();
  }
}
