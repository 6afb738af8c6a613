package dev.ringfence.release;

public enum Channel {
  CONTENT,
  CAPABILITY
}
