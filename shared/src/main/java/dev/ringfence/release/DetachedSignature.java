package dev.ringfence.release;

/**
 * A signature as it came with a manifest; it proves nothing before {@link SignatureVerdict#of}.
 *
 * @param keyId which of the product's registered keys it claims to be made with
 * @param base64 the 64 bytes of an Ed25519 signature (RFC 8032) in Base64
 */
public record DetachedSignature(String keyId, String base64) {}
