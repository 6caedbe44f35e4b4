package io.meshbridge.adapter.consul;

/**
 * What an agent answered.
 *
 * @param status the HTTP status
 * @param index the state's index for blocking queries; 0 if there was none
 * @param filtered whether the agent said that our token hid some of it
 * @param multiplexed whether it came over HTTP/2
 * @param body the parsed JSON (maps, lists, texts, numbers, booleans); the plain text if it was no
 *     JSON
 */
record Answer(int status, long index, boolean filtered, boolean multiplexed, Object body) {
  boolean isOk() {
    return status == 200;
  }

  /** The start of what was said, for messages. */
  String excerpt() {
    var text = body.toString().strip();
    return text.length() <= 300 ? text : text.substring(0, 300) + "...";
  }
}
