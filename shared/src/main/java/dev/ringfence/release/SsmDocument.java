package dev.ringfence.release;

public record SsmDocument(String name, String version, String sha256) {}
