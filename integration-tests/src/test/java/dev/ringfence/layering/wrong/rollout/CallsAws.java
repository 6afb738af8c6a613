package dev.ringfence.layering.wrong.rollout;

import software.amazon.awssdk.services.ec2.Ec2Client;

/** Breaks a rule on purpose: the brain knows no AWS. */
record CallsAws(Ec2Client ec2) {}
