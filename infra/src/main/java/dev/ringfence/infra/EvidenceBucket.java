package dev.ringfence.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.s3.BlockPublicAccess;
import software.amazon.awscdk.services.s3.Bucket;
import software.amazon.awscdk.services.s3.BucketEncryption;
import software.amazon.awscdk.services.s3.LifecycleRule;
import software.amazon.awscdk.services.s3.ObjectOwnership;
import software.constructs.Construct;

/**
 * Where the screenshots and console outputs of broken machines are kept. Nobody but this account
 * can see them, nothing is overwritten, and they go after a while.
 */
final class EvidenceBucket extends Construct {
  /** What an upload left behind is of no use after a day. */
  private static final int UNFINISHED_DAYS = 1;

  private final Bucket bucket;

  /**
   * Makes the bucket.
   *
   * @param days after which evidence expires; an overwritten or deleted version is kept as long
   */
  EvidenceBucket(Construct scope, String id, int days) {
    super(scope, id);
    this.bucket =
        Bucket.Builder.create(this, "Bucket")
            .blockPublicAccess(BlockPublicAccess.BLOCK_ALL)
            .objectOwnership(ObjectOwnership.BUCKET_OWNER_ENFORCED)
            .encryption(BucketEncryption.S3_MANAGED)
            .enforceSsl(true)
            .minimumTlsVersion(1.2)
            .versioned(true)
            .lifecycleRules(
                List.of(
                    LifecycleRule.builder()
                        .expiration(Duration.days(days))
                        .noncurrentVersionExpiration(Duration.days(days))
                        .abortIncompleteMultipartUploadAfter(Duration.days(UNFINISHED_DAYS))
                        .build()))
            .removalPolicy(RemovalPolicy.RETAIN)
            .build();
    Suppressions.on(
        bucket,
        "AwsSolutions-S1",
        "Access logs would need a second bucket that outlives this one; CloudTrail's data events"
            + " tell who read evidence where a team wants to know.");
  }

  Bucket bucket() {
    return bucket;
  }
}
