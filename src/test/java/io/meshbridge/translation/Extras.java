package io.meshbridge.translation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Puts into native documents what a sketch cannot say, at random. */
abstract sealed class Extras permits IstioExtras, LinkerdExtras, ConsulExtras {
  private final RandomGenerator random;
  // In some documents much is odd, in others one thing alone, which then has to be the cause.
  private final int rarity;

  Extras(RandomGenerator random) {
    this.random = random;
    this.rarity = oneOf(9, 40, 120);
  }

  /** A sketch in the make's words, and more. */
  static List<Map<String, Object>> written(Make make, Sketch sketch, RandomGenerator random) {
    var extras =
        switch (make) {
          case ISTIO -> new IstioExtras(random);
          case LINKERD -> new LinkerdExtras(random);
          case CONSUL -> new ConsulExtras(random);
        };
    var documents = new ArrayList<>(make.written(sketch, extras::addTo));
    extras.addTo(sketch, documents);
    return documents;
  }

  /** Adds to one rule. */
  abstract void addTo(Sketch.Rule rule, Map<String, Object> content);

  /** Adds to all documents. */
  abstract void addTo(Sketch sketch, List<Map<String, Object>> documents);

  final boolean seldom() {
    return random.nextInt(rarity) == 0;
  }

  /** About twice as often as seldom. */
  final boolean sometimes() {
    return random.nextInt(rarity) < 2;
  }

  final boolean often() {
    return random.nextInt(3) > 0;
  }

  /** In few documents, since it spoils much. */
  final boolean verySeldom() {
    return random.nextInt(6 * rarity) == 0;
  }

  @SafeVarargs
  final <T> T oneOf(T... values) {
    return values[random.nextInt(values.length)];
  }

  /** Entries in the order in which they are given. */
  static Map<String, Object> map(Object... namesAndValues) {
    var map = new LinkedHashMap<String, Object>();
    IntStream.iterate(0, i -> i < namesAndValues.length, i -> i + 2)
        .forEach(i -> map.put((String) namesAndValues[i], namesAndValues[i + 1]));
    return map;
  }

  /** The maps in a list of a document. */
  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> maps(Object list) {
    return list == null ? List.of() : (List<Map<String, Object>>) list;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> mapIn(Map<String, Object> map, String field) {
    return (Map<String, Object>) map.computeIfAbsent(field, absent -> new LinkedHashMap<>());
  }
}
