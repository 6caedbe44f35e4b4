/**
 * The log: the Kafka topics of a federation, the only thing that bridges share. Records and their
 * keys, CloudEvents, topics and their settings, publishing with fencing, replay to "caught up".
 */
@NullMarked
package io.meshbridge.log;

import org.jspecify.annotations.NullMarked;
