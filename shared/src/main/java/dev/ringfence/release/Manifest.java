package dev.ringfence.release;

/**
 * A manifest that was read and frozen.
 *
 * @param release what it says
 * @param canonical its canonical form (RFC 8785); signatures are made over its UTF-8 bytes
 * @param digest SHA-256 of those bytes, 64 lowercase hexadecimal digits; the identity that
 *     quarantine and approvals are bound to
 */
public record Manifest(Release release, String canonical, String digest) {}
