package dev.ringfence.functions.aws;

import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.ssm.SsmClient;

/**
 * The services that the world consists of.
 *
 * @param evidence the bucket for console pictures and output; empty where there is none, and then
 *     none are kept and the outcome says so
 */
public record AwsClients(
    Ec2Client ec2,
    SsmClient ssm,
    CloudWatchClient cloudWatch,
    AutoScalingClient autoScaling,
    S3Client s3,
    String evidence) {}
