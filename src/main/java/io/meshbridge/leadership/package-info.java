/**
 * Who speaks for a mesh right now: one bridge at a time, elected by a Kafka consumer group per
 * mesh. The group's word comes late to whoever hangs or is cut off, so a lease also runs out by its
 * holder's own clock, before anyone else can be elected.
 */
@NullMarked
package io.meshbridge.leadership;

import org.jspecify.annotations.NullMarked;
