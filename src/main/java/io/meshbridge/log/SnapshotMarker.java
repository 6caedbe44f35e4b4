package io.meshbridge.log;

/**
 * Says that everything a complete read of the mesh found has been published before this record.
 *
 * @param generation counts up with each marker
 * @param keys the number of counted keys with a value ({@link RecordKey#isCounted})
 * @param digest the {@link LogDigest} over those keys and their values, in hexadecimal digits
 */
public record SnapshotMarker(long generation, long keys, String digest) {}
