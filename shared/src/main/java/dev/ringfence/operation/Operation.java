package dev.ringfence.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One operation as it was read: its head, its parts in order of their numbers, what others ask of
 * it, and the version that the next write must find unchanged.
 *
 * @param request the one thing that somebody else asked of this operation; null when nobody did
 * @param version counts every write to the head, requests included
 */
public record Operation<H extends Head, P extends Part>(
    H head, List<P> parts, @Nullable Request request, long version) {
  public Operation {
    parts = List.copyOf(parts);
  }

  public Operation<H, P> with(H newHead, List<P> newParts) {
    return new Operation<>(newHead, newParts, request, version);
  }
}
