package io.meshbridge.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Members to records of the members' topic and back; pure, and decoding never throws.
 *
 * <p>What a member may do is must-understand, as policy is: a record with an unknown state, or an
 * unknown field inside {@code limits}, changes nothing, and what the member was before stands. So a
 * newer restriction never widens what an older bridge lets through. Other unknown fields are passed
 * over.
 */
public final class MemberCodec {
  private static final String PREFIX = RecordKey.VERSION + "member/";
  private static final Set<String> LIMITS = Set.of("addressRanges", "importers");

  /** What became of a record's bytes. */
  public sealed interface Decoded {
    /** A member, as it is from now on. */
    record Known(Member member) implements Decoded {}

    /** Nothing is said of this mesh any more. */
    record Gone(MeshId mesh) implements Decoded {}

    /** A record that a newer version may have written; what stands stays. */
    record NotUnderstood(MeshId mesh, String reason) implements Decoded {}

    /** A record that no version of the schema allows; what stands stays. */
    record Poison(String reason) implements Decoded {}
  }

  /** The member's record. */
  public OutgoingRecord encode(Member member, Instant observedAt) {
    return new OutgoingRecord(
        key(member.id()), EventType.MEMBER.text(), json(member).toString(), observedAt);
  }

  /** A member as JSON. */
  static ObjectNode json(Member member) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("id", member.id().value())
            .put("kind", member.kind())
            .put("trustDomain", member.trustDomain())
            .put("hostSuffix", member.hostSuffix())
            .put("state", EnumWord.of(member.state()));
    var limits = json.putObject("limits");
    var ranges = limits.putArray("addressRanges");
    member.addressRanges().forEach(ranges::add);
    var importers = limits.putArray("importers");
    member.importers().forEach(importer -> importers.add(importer.value()));
    return json;
  }

  /** Reads a record of the members' topic. */
  public Decoded decode(ConsumerRecord<byte[], byte[]> record) {
    MeshId mesh;
    try {
      mesh = meshOf(record.key() == null ? "" : StrictUtf8.decode(record.key()));
    } catch (CharacterCodingException | IllegalArgumentException noKey) {
      return new Decoded.Poison("the key must be " + PREFIX + "<mesh>, with the mesh's id");
    }
    if (record.value() == null) {
      return new Decoded.Gone(mesh);
    }
    try {
      var type = EventHeaders.text(record.headers(), EventHeaders.TYPE).orElse("");
      if (!type.equals(EventType.MEMBER.text())) {
        throw new NotUnderstoodException(
            "the record's type is '%s'".formatted(JsonObject.excerpt(type)));
      }
      return new Decoded.Known(read(JsonObject.parse(record.value()), mesh));
    } catch (NotUnderstoodException newer) {
      return new Decoded.NotUnderstood(mesh, newer.reason());
    } catch (MalformedValueException | IllegalArgumentException malformed) {
      return new Decoded.Poison(JsonObject.printable(String.valueOf(malformed.getMessage())));
    }
  }

  static String key(MeshId mesh) {
    return PREFIX + mesh;
  }

  private static MeshId meshOf(String key) {
    if (!key.startsWith(PREFIX)) {
      throw new IllegalArgumentException("no member's key");
    }
    return new MeshId(key.substring(PREFIX.length()));
  }

  private static Member read(JsonObject json, MeshId mesh)
      throws MalformedValueException, NotUnderstoodException {
    json.requireText("id", mesh.value());
    var addressRanges = List.<String>of();
    var importers = new ArrayList<MeshId>();
    if (!json.isAbsent("limits")) {
      var limits = json.object("limits");
      limits.requireOnly(LIMITS);
      addressRanges = limits.texts("addressRanges");
      limits.texts("importers").forEach(importer -> importers.add(new MeshId(importer)));
    }
    return new Member(
        mesh,
        json.text("kind"),
        json.textOr("trustDomain", ""),
        json.textOr("hostSuffix", Member.defaultHostSuffix(mesh)),
        addressRanges,
        importers,
        json.policyWord("state", Member.State.values()));
  }
}
