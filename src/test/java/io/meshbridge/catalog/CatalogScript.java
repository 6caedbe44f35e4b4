package io.meshbridge.catalog;

import io.meshbridge.log.LogEntry;
import io.meshbridge.log.LogEvent;
import io.meshbridge.model.EndpointList;
import io.meshbridge.model.Export;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.ServiceKey;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Leads a catalog through what a log tells; each method answers with the change that it made. */
public final class CatalogScript {
  private Catalog catalog = Catalog.EMPTY;

  /** The catalog by now. */
  public Catalog catalog() {
    return catalog;
  }

  /** Everything, as a session is given it when it begins. */
  public Catalog.Change everything() {
    return new Catalog.Change(catalog, Set.of(), Set.copyOf(catalog.meshIds()));
  }

  /** These and no others are members. */
  public Catalog.Change members(Member... members) {
    var byId = new TreeMap<MeshId, Member>();
    Arrays.stream(members).forEach(member -> byId.put(member.id(), member));
    return take(catalog.withMembers(byId));
  }

  /** A mesh's topic is read from its beginning to its end, and holds this. */
  public CatalogScript read(MeshId mesh, LogEntry... entries) {
    take(catalog.after(new LogEvent.Restarted(mesh, "test")));
    tell(mesh, entries);
    caughtUp(mesh);
    return this;
  }

  /** The topic is read from its beginning. */
  public Catalog.Change restarted(MeshId mesh) {
    return take(catalog.after(new LogEvent.Restarted(mesh, "test")));
  }

  /** The next records. */
  public Catalog.Change tell(MeshId mesh, LogEntry... entries) {
    return take(catalog.after(new LogEvent.Entries(mesh, List.of(entries))));
  }

  /** The end of the topic. */
  public Catalog.Change caughtUp(MeshId mesh) {
    return take(catalog.after(new LogEvent.CaughtUp(mesh)));
  }

  /** The topic is read no more. */
  public Catalog.Change dropped(MeshId mesh) {
    return take(catalog.after(new LogEvent.Dropped(mesh)));
  }

  /** A service with its endpoints is offered. */
  public Catalog.Change offered(Export export, EndpointList endpoints) {
    return tell(
        export.key().mesh(),
        LogEntries.endpoints(export.key(), endpoints),
        LogEntries.exported(export));
  }

  /** A service is withdrawn. */
  public Catalog.Change withdrawn(ServiceKey service) {
    return tell(service.mesh(), LogEntries.withdrawn(service));
  }

  /** The marker that is right by now. */
  public Catalog.Change marked(MeshId mesh) {
    return tell(mesh, LogEntries.marked(mesh, catalog.mesh(mesh).fold()));
  }

  private Catalog.Change take(Catalog.Change change) {
    catalog = change.catalog();
    return change;
  }
}
