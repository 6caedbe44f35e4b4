package io.meshbridge.adapter.kubernetes;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * A kind of object that a sink writes.
 *
 * @param type the kind
 * @param query which of its objects are watched: at least all that could be ours
 * @param fields how its fields are compared
 * @param claims the names that an object of the kind holds besides its own, in the whole cluster
 * @param notInstalled what to tell somebody whose server does not know the kind
 */
public record WrittenKind(
    ResourceType type,
    ResourceQuery query,
    OwnedFields fields,
    Function<KubeObject, Collection<String>> claims,
    String notInstalled) {

  /** A kind that every cluster has, whose objects hold no name but their own. */
  public static WrittenKind builtIn(ResourceQuery query, OwnedFields fields) {
    return new WrittenKind(
        query.type(),
        query,
        fields,
        object -> List.of(),
        "the API server does not know " + query.type().resource());
  }

  /** Whether objects of others may be out of sight. */
  boolean isFiltered() {
    return !query.equals(ResourceQuery.all(type));
  }
}
