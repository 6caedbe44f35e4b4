package io.meshbridge.adapter.linkerd;

import io.meshbridge.adapter.kubernetes.FeedEvent;
import io.meshbridge.adapter.kubernetes.FeedGroup;
import io.meshbridge.adapter.kubernetes.FirstEvent;
import io.meshbridge.adapter.kubernetes.ResourceQuery;
import io.meshbridge.adapter.kubernetes.ResourceType;
import io.meshbridge.adapter.kubernetes.Table;
import java.util.function.Consumer;

/** Watches the namespaces, and tells which appear: imports may have waited for one. */
final class Homes {
  private final Consumer<String> appeared;
  // Belongs to the feed's thread.
  private final Table<Boolean> namespaces = new Table<>();

  Homes(Consumer<String> appeared) {
    this.appeared = appeared;
  }

  /** Starts to watch; the result is to be waited for. */
  FirstEvent watch(FeedGroup feeds) {
    var first = new FirstEvent("the API server does not know namespaces");
    feeds.<Boolean>start(
        ResourceQuery.all(ResourceType.NAMESPACE),
        namespace -> true,
        event -> {
          take(event);
          first.note(event);
        });
    return first;
  }

  private void take(FeedEvent<Boolean> event) {
    for (Table.Difference<Boolean> difference : namespaces.take(event)) {
      if (difference.after().isPresent()) {
        appeared.accept(difference.key().name());
      }
    }
  }
}
