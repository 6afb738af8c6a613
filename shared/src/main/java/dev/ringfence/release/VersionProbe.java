package dev.ringfence.release;

import java.util.*;

public record VersionProbe(SsmDocument document, Map<String, List<String>> parameters) {}
