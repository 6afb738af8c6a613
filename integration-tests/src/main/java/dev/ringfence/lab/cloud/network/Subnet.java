package dev.ringfence.lab.cloud.network;

import java.util.Map;

/**
 * A subnet.
 *
 * @param routed whether its route table leads out of the VPC
 * @param endpoints whether Systems Manager's interface endpoints stand in it
 */
public record Subnet(
    String id, String zone, boolean routed, boolean endpoints, Map<String, String> tags) {
  /** Whether what runs here finds Systems Manager, if its security group lets it. */
  public boolean reachesSystemsManager() {
    return routed || endpoints;
  }
}
