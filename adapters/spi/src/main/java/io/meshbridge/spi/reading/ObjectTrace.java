package io.meshbridge.spi.reading;

import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Diagnostic.Severity;
import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Loss.Outcome;
import io.meshbridge.model.traffic.FieldRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * One native object while it is read. It knows which of its fields were asked for, so that those
 * that nobody knows can be told to their owner.
 *
 * <p>Not for several threads.
 */
public final class ObjectTrace {
  private final String object;
  private final Function<String, Location> locations;
  private final UnaryOperator<String> spelling;
  private final List<Root> roots = new ArrayList<>();
  private final SortedSet<String> accounted = new TreeSet<>();
  private final List<Loss> losses = new ArrayList<>();
  private final List<Diagnostic> faults = new ArrayList<>();

  private record Root(String path, Map<?, ?> content) {}

  /**
   * Nothing was read yet.
   *
   * @param object the reference for people, such as {@code VirtualService shop/web}
   * @param locations where a field stands
   * @param spelling maps all spellings of a field's name to one, where a mesh accepts several
   */
  public ObjectTrace(
      String object, Function<String, Location> locations, UnaryOperator<String> spelling) {
    this.object = object;
    this.locations = locations;
    this.spelling = spelling;
  }

  /** The same, where each field has one spelling. */
  public ObjectTrace(String object, Function<String, Location> locations) {
    this(object, locations, UnaryOperator.identity());
  }

  /** The reference for people. */
  public String object() {
    return object;
  }

  /**
   * Begins to read a part of the object, all of which has to be accounted for.
   *
   * @param path where the part stands; empty for the object itself
   */
  public TracedFields read(Map<?, ?> content, String path) {
    roots.add(new Root(path, content));
    return new TracedFields(this, content, path);
  }

  /** A field of the object, for those who come after. */
  public FieldRef ref(String path) {
    return new FieldRef(object, path);
  }

  /**
   * A field, with all below it, cannot be carried.
   *
   * @param path may also be one that is not there
   */
  public void lose(String path, Outcome outcome, String reason, String advice) {
    account(path);
    losses.add(new Loss(locations.apply(path), path, outcome, reason, advice));
  }

  /** A field is wrong; the object is not what its owner meant. */
  public void error(String path, String message) {
    fault(Severity.ERROR, path, message);
  }

  /** A field is odd; its meaning is clear all the same. */
  public void warn(String path, String message) {
    fault(Severity.WARNING, path, message);
  }

  /**
   * Something about a field is wrong although each part of it could be read: the parts do not fit
   * together. Accounts for nothing.
   */
  public void errorAbout(String path, String message) {
    faults.add(new Diagnostic(Severity.ERROR, locations.apply(path), path, message));
  }

  /** Something about a field is odd. Accounts for nothing. */
  public void warnAbout(String path, String message) {
    faults.add(new Diagnostic(Severity.WARNING, locations.apply(path), path, message));
  }

  /** What is wrong with the object, in the order in which it was found. */
  public List<Diagnostic> faults() {
    return List.copyOf(faults);
  }

  /** The first fault that leaves the object's meaning open. */
  public Optional<Diagnostic> firstError() {
    return faults.stream().filter(fault -> fault.severity() == Severity.ERROR).findFirst();
  }

  /** What was lost so far, and every field that nobody asked for. */
  public List<Loss> losses() {
    var all = new ArrayList<>(losses);
    roots.forEach(root -> addUnknown(root.content(), root.path(), all));
    return List.copyOf(all);
  }

  /** Takes the field, with all below it, for read. */
  void account(String path) {
    accounted.add(path);
  }

  String spelled(String name) {
    return spelling.apply(name);
  }

  private void fault(Severity severity, String path, String message) {
    account(path);
    faults.add(new Diagnostic(severity, locations.apply(path), path, message));
  }

  private void addUnknown(Object node, String path, List<Loss> all) {
    if (accounted.contains(path)) {
      return;
    }
    switch (node) {
      case Map<?, ?> map when !map.isEmpty() ->
          map.forEach((name, value) -> addUnknown(value, TracedFields.join(path, name), all));
      case List<?> list when !list.isEmpty() -> {
        for (int i = 0; i < list.size(); i++) {
          addUnknown(list.get(i), path + "[" + i + "]", all);
        }
      }
      default ->
          all.add(
              new Loss(
                  locations.apply(path),
                  path,
                  Outcome.DROPPED,
                  "the field is not known to this translator",
                  "check its spelling and place; a newer version may know it"));
    }
  }
}
