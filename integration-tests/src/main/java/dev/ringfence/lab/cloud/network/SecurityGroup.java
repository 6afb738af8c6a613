package dev.ringfence.lab.cloud.network;

import java.util.Map;

/**
 * A security group.
 *
 * @param open whether it lets calls out to everywhere
 * @param toVpc whether it lets HTTPS out to addresses of the VPC, where endpoints stand
 */
public record SecurityGroup(
    String id, String name, boolean open, boolean toVpc, Map<String, String> tags) {}
