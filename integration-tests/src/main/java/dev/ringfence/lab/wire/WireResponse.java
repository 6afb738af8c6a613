package dev.ringfence.lab.wire;

import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;

/** An HTTP answer, whichever way it leaves. */
public record WireResponse(int status, Map<String, String> headers, SdkBytes body) {}
