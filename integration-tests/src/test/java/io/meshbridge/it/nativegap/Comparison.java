package io.meshbridge.it.nativegap;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What bridges found by name on a JVM, held against what a native executable of them would find.
 *
 * <p>An executable does not ask for everything: static initializers mostly run while it is built,
 * some methods it has in another form, and what starts a JVM is not in it.
 */
public final class Comparison {
  private final Recording recording;
  private final NativeSources sources;
  private final Set<String> atHand = new HashSet<>();

  /** Compares. */
  public Comparison(Recording recording, NativeSources sources) {
    this.recording = recording;
    this.sources = sources;
    recording.accesses().forEach(this::putAtHand);
  }

  /**
   * What stands in the code, native-image finds and registers; a method or a field that an
   * initializer looks up while the executable is built, is in it as an object.
   */
  private void putAtHand(Access access) {
    if (access.isConstant()) {
      atHand.add(access.what());
    }
    boolean isFoundByTheBuild =
        access.isConstant() || sources.initialization().isBeforeTheRun(access);
    if (isFoundByTheBuild && access.kind().startsWith(Access.LOOKUP)) {
      atHand.add(Access.USE + access.what().substring(Access.LOOKUP.length()));
    }
  }

  /** What an executable would ask for and not find. */
  List<Access> missing() {
    return asked()
        .filter(access -> !isAtHand(access) && !sources.registered().covers(access))
        .toList();
  }

  /** What it would find because it is registered, and not otherwise. */
  List<Access> registered() {
    return asked()
        .filter(access -> !isAtHand(access) && sources.registered().covers(access))
        .toList();
  }

  private boolean isAtHand(Access access) {
    return atHand.contains(access.what());
  }

  private Stream<Access> asked() {
    return recording.accesses().stream()
        .filter(access -> sources.classes().contains(access.callerClass()))
        .filter(access -> !sources.initialization().isBeforeTheRun(access))
        .filter(access -> !sources.replaced().contain(access))
        .flatMap(access -> Stream.concat(Stream.of(access), providers(access)));
  }

  /** Whoever finds a service makes one of each that is declared for it. */
  private Stream<Access> providers(Access access) {
    return access.kind().equals(Access.SERVICE) && sources.registered().covers(access)
        ? sources.providersOf(access.subject()).map(access::instantiating)
        : Stream.empty();
  }
}
