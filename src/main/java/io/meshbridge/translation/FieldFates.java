package io.meshbridge.translation;

import io.meshbridge.model.Location;
import io.meshbridge.model.Loss;
import io.meshbridge.model.OwnersWords;
import io.meshbridge.model.ServicePort;
import io.meshbridge.model.traffic.FieldRef;
import io.meshbridge.translation.FieldFate.Fate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/** Finds what became of the fields of a policy from what was lost of them. Pure. */
public final class FieldFates {
  private final Function<FieldRef, Location> places;
  private final String whyNotWritten;

  /**
   * @param places where a field stands, as the losses have it
   * @param whyNotWritten why the target holds nothing of the service; empty if it does
   */
  public FieldFates(Function<FieldRef, Location> places, String whyNotWritten) {
    this.places = places;
    this.whyNotWritten = whyNotWritten;
  }

  /**
   * First the fields that were lost without being a part of the policy, then those of the policy.
   *
   * @param owner what the owner of the service says
   * @param losses in the words of the policy's owner
   */
  public List<FieldFate> of(OwnersWords owner, List<Loss> losses) {
    var others = new LinkedHashSet<>(losses);
    var ofPolicy = new ArrayList<FieldFate>();
    for (FieldRef field : owner.fields()) {
      var place = places.apply(field);
      var lost = losses.stream().filter(loss -> isOf(loss, place, field)).toList();
      others.removeAll(lost);
      lost.forEach(loss -> ofPolicy.add(fateOf(loss, place, field)));
      if (lost.isEmpty()) {
        ofPolicy.add(unlost(place, field));
      }
    }
    var fates = new ArrayList<FieldFate>();
    others.forEach(loss -> fates.add(fateOf(loss, loss.location(), new FieldRef("", loss.path()))));
    fates.addAll(ofPolicy);
    return List.copyOf(fates);
  }

  /**
   * First the fields that every service has, then what was lost without being a part of the policy,
   * then the fields of the policy.
   *
   * @param declared where the service is declared
   * @param owner what the owner of the service says
   * @param losses in the words of the policy's owner
   */
  public List<FieldFate> of(
      Location declared, List<ServicePort> ports, OwnersWords owner, List<Loss> losses) {
    var found = of(owner, losses);
    var told = found.stream().map(FieldFate::field).toList();
    var all = new ArrayList<FieldFate>();
    OwnFields.of(ports, owner).sequencedKeySet().stream()
        .map(path -> new FieldRef("", path))
        .filter(field -> !told.contains(field))
        .forEach(field -> all.add(unlost(declared, field)));
    all.addAll(found);
    return List.copyOf(all);
  }

  /** A field of which nothing was lost. */
  private FieldFate unlost(Location place, FieldRef field) {
    return new FieldFate(
        place,
        field,
        whyNotWritten.isEmpty() ? Fate.KEPT : Fate.NOT_WRITTEN,
        List.of(),
        whyNotWritten,
        "");
  }

  private static boolean isOf(Loss loss, Location place, FieldRef field) {
    return loss.path().equals(field.path()) && loss.location().equals(place);
  }

  private static FieldFate fateOf(Loss loss, Location place, FieldRef field) {
    return new FieldFate(
        place, field, Fate.of(loss.outcome()), List.of(), loss.reason(), loss.advice());
  }
}
