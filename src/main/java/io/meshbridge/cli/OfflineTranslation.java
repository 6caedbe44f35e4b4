package io.meshbridge.cli;

import io.meshbridge.importing.Names;
import io.meshbridge.model.Diagnostic;
import io.meshbridge.model.Export;
import io.meshbridge.model.Import;
import io.meshbridge.model.Loss;
import io.meshbridge.model.Marks;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshDescriptor;
import io.meshbridge.model.MeshId;
import io.meshbridge.model.Reachability;
import io.meshbridge.model.ServiceKey;
import io.meshbridge.spi.Document;
import io.meshbridge.spi.MeshAdapter;
import io.meshbridge.spi.NativeDocument;
import io.meshbridge.spi.Offer;
import io.meshbridge.spi.Reading;
import io.meshbridge.spi.Translation;
import io.meshbridge.spi.Translator.Selection;
import io.meshbridge.spi.Translator.WriteContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Translates documents of one make of mesh into those of another, without either mesh. Pure. */
final class OfflineTranslation {
  private static final String DIRECT_ADVICE =
      "mark it "
          + Marks.KUBERNETES.address()
          + " (in Consul "
          + Marks.CONSUL.address()
          + ") direct if anyone may call its address";

  private final MeshAdapter from;
  private final MeshAdapter to;
  private final MeshDescriptor origin;
  private final WriteContext target;

  /**
   * @param mesh the mesh that the documents belong to
   * @param target into what they are translated; another mesh
   */
  OfflineTranslation(MeshAdapter from, MeshAdapter to, MeshId mesh, WriteContext target) {
    this.from = from;
    this.to = to;
    this.origin = new MeshDescriptor(mesh, from.kind(), "", "", "");
    this.target = target;
  }

  /**
   * What came of a translation.
   *
   * @param documents in the order of the services
   * @param losses what could not be said, in the order of the services
   * @param diagnostics what could not be read
   * @param services how many services were written
   */
  record Result(
      List<NativeDocument> documents,
      List<Loss> losses,
      List<Diagnostic> diagnostics,
      int services) {
    Result {
      documents = List.copyOf(documents);
      losses = List.copyOf(losses);
      diagnostics = List.copyOf(diagnostics);
    }

    /** Whether nothing was refused and everything could be read. */
    boolean isWhole() {
      return losses.stream().noneMatch(loss -> loss.outcome() == Loss.Outcome.REFUSED)
          && diagnostics.stream().noneMatch(d -> d.severity() == Diagnostic.Severity.ERROR);
    }
  }

  /** Translates all services that the documents hold, whether they are marked for export or not. */
  Result translate(List<Document> documents) {
    var reading = from.translator().read(documents, origin, Selection.ALL);
    var diagnostics = new ArrayList<>(reading.diagnostics());
    reading
        .unreadable()
        .forEach(
            (service, reason) ->
                diagnostics.add(
                    new Diagnostic(
                        Diagnostic.Severity.ERROR,
                        reading.locationOf(service),
                        "",
                        "not translated: " + reason)));
    var writing = new Writing(reading);
    reading.offers().forEach(writing::add);
    return new Result(writing.documents, writing.losses, diagnostics, writing.services);
  }

  /** What has been written so far. */
  private final class Writing {
    private final Reading reading;
    private final List<NativeDocument> documents = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private final Map<String, ServiceKey> names = new HashMap<>();
    private int services;

    private Writing(Reading reading) {
      this.reading = reading;
    }

    void add(Offer offer) {
      losses.addAll(offer.losses());
      var access = offer.access();
      var name = name(offer.key());
      var holder = names.get(name);
      if (access.reachability() == Reachability.MESH_IDENTITY_REQUIRED) {
        refuse(offer.key(), "access", access.reason(), DIRECT_ADVICE);
      } else if (offer.path().contains(target.target())) {
        refuse(offer.key(), "path", "it comes from " + target.target() + " itself", "");
      } else if (holder != null) {
        refuse(offer.key(), "name", "the name " + name + " is that of " + holder + " already", "");
      } else {
        names.put(name, offer.key());
        write(new Import(name, export(offer), offer.endpoints(), origin));
      }
    }

    private void write(Import service) {
      var translation = to.translator().write(service, target);
      // Whoever writes knows the service alone; where it is declared, its owner can look.
      var location = reading.locationOf(service.service());
      translation.losses().forEach(loss -> losses.add(loss.at(location)));
      switch (translation) {
        case Translation.Written written -> {
          documents.addAll(written.documents());
          services++;
        }
        case Translation.Refused refused -> {
          // Its losses, which say why, are all that there is.
          names.remove(service.name());
        }
      }
    }

    private void refuse(ServiceKey service, String path, String reason, String advice) {
      losses.add(new Loss(reading.locationOf(service), path, Loss.Outcome.REFUSED, reason, advice));
    }
  }

  private String name(ServiceKey service) {
    return Names.render(
        to.nameTemplate(), to.nameSyntax(), service, Member.defaultHostSuffix(origin.id()));
  }

  /** Offline nothing has a first sight, and equal input shall give equal output. */
  private static Export export(Offer offer) {
    return new Export(
        offer.key(),
        offer.ports(),
        offer.labels(),
        offer.hostnames(),
        Instant.EPOCH,
        offer.path(),
        offer.access());
  }
}
