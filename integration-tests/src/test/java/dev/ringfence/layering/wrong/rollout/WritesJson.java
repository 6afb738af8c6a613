package dev.ringfence.layering.wrong.rollout;

import com.fasterxml.jackson.databind.JsonNode;

/** Breaks a rule on purpose: state machines know no wire format. */
record WritesJson(JsonNode node) {}
