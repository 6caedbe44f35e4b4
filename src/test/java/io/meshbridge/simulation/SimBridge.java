package io.meshbridge.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.catalog.Catalog;
import io.meshbridge.exporting.SteppedExporter;
import io.meshbridge.importing.SteppedImporter;
import io.meshbridge.log.Decoded;
import io.meshbridge.log.LogEntry;
import io.meshbridge.log.LogEvent;
import io.meshbridge.log.OutgoingRecord;
import io.meshbridge.log.RecordCodec;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import io.meshbridge.spi.MeshUnavailableException;
import io.meshbridge.status.StatusBoard;
import io.meshbridge.status.StatusCodec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The process that speaks for one mesh: reads the topics, exports, imports. */
final class SimBridge {
  private static final RecordCodec CODEC = new RecordCodec();

  private final SimMesh mesh;
  private final Map<MeshId, SimTopic> topics;
  private final Map<String, String> statusTopic = new TreeMap<>();
  private final Clock clock;
  private Catalog catalog = Catalog.EMPTY;
  private Map<MeshId, SimReader> readers = new HashMap<>();
  private Map<MeshId, Member> members = Map.of();
  private Map<MeshId, String> silent = Map.of();
  private StatusBoard board;
  private SteppedExporter exporter;
  private boolean transit;
  private long readings = -1;
  // Null as long as the importer has not begun: only once everything has been read.
  private SteppedImporter importer;
  private boolean sinkIsOpen;
  private int statusRecords;

  SimBridge(SimMesh mesh, Map<MeshId, SimTopic> topics, Clock clock) {
    this.mesh = mesh;
    this.topics = topics;
    this.clock = clock;
    restart(Map.of());
  }

  /** Everything that was in memory is lost. */
  void restart(Map<MeshId, Member> now) {
    catalog = Catalog.EMPTY;
    readers = new HashMap<>();
    silent = Map.of();
    members = Map.of();
    restartExporter(transit);
    restartImporter();
    learn(now);
  }

  void restartExporter(boolean transitAllowed) {
    transit = transitAllowed;
    exporter = new SteppedExporter(mesh.target().mesh(), transitAllowed);
    readings = -1;
    mesh.restartSource();
  }

  void restartImporter() {
    importer = null;
    sinkIsOpen = false;
    board = new StatusBoard(this::sendStatus);
    statusTopic.forEach((key, json) -> StatusCodec.decode(mesh.id(), json).ifPresent(board::learn));
  }

  boolean allowsTransit() {
    return transit;
  }

  int statusRecords() {
    return statusRecords;
  }

  /** The members are these: their topics are read, and no others but our own. */
  void learn(Map<MeshId, Member> now) {
    members = Map.copyOf(now);
    change(catalog.withMembers(members));
    for (MeshId id : topics.keySet()) {
      var member = members.get(id);
      boolean isRead =
          id.equals(mesh.id()) || (member != null && member.state() == Member.State.ACTIVE);
      if (isRead) {
        readers.computeIfAbsent(id, any -> new SimReader(topics.get(id)));
      } else if (readers.remove(id) != null) {
        change(catalog.after(new LogEvent.Dropped(id)));
      }
    }
  }

  void silence(Map<MeshId, String> now) {
    silent = Map.copyOf(now);
    if (importer != null) {
      importer.silenceChanged(silent);
    }
  }

  Map<MeshId, String> silent() {
    return silent;
  }

  void deliver(MeshId from, int atMost) {
    var reader = readers.get(from);
    if (reader != null) {
      tell(from, reader.next(atMost));
    }
  }

  void duplicate(MeshId from, int atMost) {
    var reader = readers.get(from);
    if (reader != null) {
      tell(from, reader.again(atMost));
    }
  }

  /** Tombstones up to an offset have expired: who has not read them must begin again. */
  void tombstonesExpired(MeshId of, long upTo) {
    var reader = readers.get(of);
    if (reader != null && reader.position() <= upTo) {
      reader.beginAgain();
    }
  }

  void observe(int atMost) {
    for (int i = 0; i < atMost && !mesh.hasToldAll(); i++) {
      mesh.nextObservation().ifPresent(exporter::observe);
    }
  }

  /** Publishes; first reads its own topic if that is not what the exporter believes it to be. */
  void publish(int atMost) {
    var view = catalog.mesh(mesh.id());
    if (!view.isCaughtUp() || view.readings() != readings) {
      deliver(mesh.id(), Integer.MAX_VALUE);
      view = catalog.mesh(mesh.id());
      readings = view.readings();
      exporter.topicRead(view.fold());
    }
    append(exporter.publish(atMost, clock.instant()));
  }

  void beat() {
    publish(0);
    if (mesh.hasToldAll()) {
      append(exporter.beat(clock.instant()));
    }
  }

  void work(int atMost) throws InterruptedException {
    if (!isImporting()) {
      return;
    }
    for (int i = 0; i < atMost && importer.backlog() > 0; i++) {
      importer.workOnce();
    }
    mesh.noticeImports();
  }

  void repair() {
    if (isImporting()) {
      try {
        importer.repair();
      } catch (MeshUnavailableException unavailable) {
        sinkIsOpen = false;
      }
    }
  }

  int backlog() {
    return importer == null ? 0 : importer.backlog();
  }

  private boolean isImporting() {
    if (importer == null && !members.isEmpty() && hasReadEverything()) {
      importer = new SteppedImporter(mesh.target(), mesh.sink(), board, clock, catalog);
      importer.silenceChanged(silent);
    }
    if (importer != null && !sinkIsOpen) {
      try {
        importer.open();
        sinkIsOpen = true;
      } catch (MeshUnavailableException unavailable) {
        return false;
      } catch (InterruptedException impossible) {
        throw new IllegalStateException("nobody interrupts a simulation", impossible);
      }
    }
    return importer != null;
  }

  private boolean hasReadEverything() {
    return readers.keySet().stream().allMatch(id -> catalog.mesh(id).readings() > 0);
  }

  private void tell(MeshId from, SimReader.Told told) {
    told.restart().ifPresent(why -> change(catalog.after(new LogEvent.Restarted(from, why))));
    var entries = new ArrayList<LogEntry>();
    for (SimTopic.Stored stored : told.records()) {
      switch (CODEC.decode(from, stored.offset(), stored.record())) {
        case Decoded.Entry(var entry) -> entries.add(entry);
        case Decoded.Poison(var entry, var ignored) -> entries.add(entry);
        case Decoded.PassedOver(var reason) -> throw new IllegalStateException(reason);
      }
    }
    if (!entries.isEmpty()) {
      change(catalog.after(new LogEvent.Entries(from, List.copyOf(entries))));
    }
    if (told.caughtUp()) {
      change(catalog.after(new LogEvent.CaughtUp(from)));
    }
  }

  private void change(Catalog.Change change) {
    catalog = change.catalog();
    if (importer != null) {
      importer.catalogChanged(change);
    }
  }

  private void append(List<OutgoingRecord> records) {
    for (OutgoingRecord record : records) {
      if (record.key().startsWith("v1/export/") && !record.isTombstone() && !transit) {
        assertThat(record.json())
            .as("rule 5: without transit only what is at home is exported")
            .contains("\"path\":[\"" + mesh.id() + "\"]");
      }
    }
    topics.get(mesh.id()).append(records);
  }

  private void sendStatus(MeshId target, String key, String json) {
    statusRecords++;
    if (json.isEmpty()) {
      statusTopic.remove(key);
    } else {
      statusTopic.put(key, json);
    }
  }
}
