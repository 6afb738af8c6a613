package dev.ringfence.functions.aws;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** S3 as far as we call it. */
final class FakeS3 implements S3Client {
  final Script script = new Script();

  @Override
  public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
    return script.answer(request, PutObjectResponse.class);
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
