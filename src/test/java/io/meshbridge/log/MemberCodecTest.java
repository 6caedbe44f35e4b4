package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.log.MemberCodec.Decoded;
import io.meshbridge.model.Member;
import io.meshbridge.model.MeshId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberCodecTest {
  private static final Member MEMBER =
      new Member(
          Samples.MESH,
          "istio",
          "cluster.local",
          "istio-a.mesh.internal",
          List.of("10.0.0.0/8"),
          List.of(new MeshId("consul-b")),
          Member.State.ACTIVE);

  private final MemberCodec codec = new MemberCodec();

  @Test
  void readsWhatItWrote() {
    assertThat(decode("v1/member/istio-a", json(MEMBER))).isEqualTo(new Decoded.Known(MEMBER));
    assertThat(decode("v1/member/istio-a", json(MEMBER.retired())))
        .isEqualTo(new Decoded.Known(MEMBER.retired()));
  }

  @Test
  void takesATombstoneForAMeshOfWhichNothingIsSaidAnyMore() {
    assertThat(decode("v1/member/istio-a", null)).isEqualTo(new Decoded.Gone(Samples.MESH));
  }

  @Test
  void passesOverUnknownFieldsOutsideOfLimits() {
    var json = json(MEMBER).replace("\"kind\"", "\"contact\":{\"a\":1},\"kind\"");

    assertThat(decode("v1/member/istio-a", json)).isEqualTo(new Decoded.Known(MEMBER));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'\"limits\":{' | '\"limits\":{\"ports\":[],'", "'\"active\"' | '\"suspended\"'"})
  void doesNotActUponRestrictionsThatItDoesNotUnderstand(String from, String to) {
    assertThat(decode("v1/member/istio-a", json(MEMBER).replace(from, to)))
        .isInstanceOf(Decoded.NotUnderstood.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "v1/member/consul-b | '\"kind\"' | '\"kind\"'",
        "v1/member/NO | '\"kind\"' | '\"kind\"'",
        "v1/other/istio-a | '\"kind\"' | '\"kind\"'",
        "v1/member/istio-a | '\"kind\"' | '\"make\"'",
        "v1/member/istio-a | '\"consul-b\"' | '\"Not A Mesh\"'",
      })
  void buriesWhatNoVersionAllows(String key, String from, String to) {
    assertThat(decode(key, json(MEMBER).replace(from, to))).isInstanceOf(Decoded.Poison.class);
  }

  private String json(Member member) {
    return codec.encode(member, Samples.NOW).json();
  }

  private Decoded decode(String key, String json) {
    var record =
        new ConsumerRecord<>("members", 0, 0, bytes(key), json == null ? null : bytes(json));
    record.headers().add("ce_type", bytes(EventType.MEMBER.text()));
    return codec.decode(record);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
