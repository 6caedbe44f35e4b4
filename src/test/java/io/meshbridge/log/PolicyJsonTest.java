package io.meshbridge.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshbridge.model.traffic.TrafficPolicy;
import io.meshbridge.testkit.SeededRuns;
import io.meshbridge.testkit.TrafficGenerators;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyJsonTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> readsWhatItWrote() {
    return SeededRuns.of(300)
        .check(
            random -> {
              var policy = new TrafficGenerators(random, Samples.CATALOG).policy();

              assertThat(PolicyJson.TRAFFIC.read(PolicyJson.TRAFFIC.write(policy)))
                  .isEqualTo(policy);
            });
  }

  @TestFactory
  Stream<DynamicTest> writesWhatThePublishedSchemaAllows() {
    return SeededRuns.of(50)
        .check(
            random -> {
              var policy = new TrafficGenerators(random, Samples.CATALOG).policy();
              var sent = new RecordCodec().encode(Samples.EXPORTED, Samples.NOW);
              var export = (ObjectNode) JSON.readTree(sent.json());
              export.set("traffic", PolicyJson.TRAFFIC.write(policy));

              assertThat(PublishedSchemas.faults("export", export.toString())).isEmpty();
            });
  }

  /** Wherever it stands: a part that is not understood may be the one that matters. */
  @TestFactory
  Stream<DynamicTest> doesNotActUponAFieldThatItDoesNotKnow() {
    return SeededRuns.of(50)
        .check(
            random -> {
              var json =
                  PolicyJson.TRAFFIC.write(new TrafficGenerators(random, Samples.CATALOG).policy());
              var objects = recordsIn(json);
              objects.get(random.nextInt(objects.size())).put("moonlight", 1);

              assertThatThrownBy(() -> PolicyJson.TRAFFIC.read(json))
                  .isInstanceOf(NotUnderstoodException.class)
                  .hasMessageContaining("moonlight");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'http':[{'filters':[{'type':'teleport'}]}]} | traffic.http[0].filters[0]",
        "{'http':[{'retry':{'conditions':['moonlight']}}]} | traffic.http[0].retry.conditions[0]",
      })
  void doesNotActUponAWordThatItDoesNotKnow(String json, String path) throws Exception {
    var policy = JSON.readTree(json.replace('\'', '"'));

    assertThatThrownBy(() -> PolicyJson.TRAFFIC.read(policy))
        .isInstanceOf(NotUnderstoodException.class)
        .hasMessageContaining(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'http':7} | traffic.http",
        "{'http':[{'name':'x'}]} | traffic.http[0].timeouts",
        "{'http':[{'backends':[{'weight':-1}]}]} | traffic.http[0].backends[0]",
        "{'http':[{'timeouts':{'request':'soon'}}]} | traffic.http[0].timeouts.request",
        "{'subsets':[{'name':''}]} | traffic.subsets[0]",
        "{'http':[{'backends':[{'weight':1.5}]}]} | traffic.http[0].backends[0].weight",
      })
  void tellsWhereAPolicyIsMalformed(String json, String path) throws Exception {
    var policy = JSON.readTree(json.replace('\'', '"'));

    assertThatThrownBy(() -> PolicyJson.TRAFFIC.read(policy))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining(path);
  }

  @Test
  void readsWhatItWroteOfAGateway() throws Exception {
    var json = PolicyJson.INGRESS.write(Samples.INGRESS);

    assertThat(PolicyJson.INGRESS.read(json)).isEqualTo(Samples.INGRESS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'listeners':[{'name':'a','port':80,'kind':'http','moonlight':1}]} | moonlight",
        "{'listeners':[{'name':'a','port':80,'kind':'smoke'}]} | ingress.listeners[0]",
        "{'listeners':[{'name':'a','port':443,'kind':'https','tls':{'mode':'odd'}}]}"
            + " | ingress.listeners[0]",
      })
  void doesNotOpenAGatewayOfWhichItDoesNotKnowAll(String json, String path) throws Exception {
    var ingress = JSON.readTree(json.replace('\'', '"'));

    assertThatThrownBy(() -> PolicyJson.INGRESS.read(ingress))
        .isInstanceOf(NotUnderstoodException.class)
        .hasMessageContaining(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | ingress",
        "{'listeners':[]} | ingress",
        "{'listeners':[{'name':'a','kind':'http'}]} | ingress.listeners[0]",
        "{'listeners':[{'name':'a','port':70000,'kind':'http'}]} | ingress.listeners[0]",
      })
  void tellsWhereAGatewayIsMalformed(String json, String path) throws Exception {
    var ingress = JSON.readTree(json.replace('\'', '"'));

    assertThatThrownBy(() -> PolicyJson.INGRESS.read(ingress))
        .isInstanceOf(MalformedValueException.class)
        .hasMessageContaining(path);
  }

  @Test
  void leavesOutWhatIsEmpty() {
    assertThat(PolicyJson.TRAFFIC.write(TrafficPolicy.NONE).has("http")).isFalse();
  }

  /** All objects that stand for records: those that are no maps of free keys. */
  private static List<ObjectNode> recordsIn(JsonNode json) {
    var found = new ArrayList<ObjectNode>();
    collect(json, found);
    return found;
  }

  private static void collect(JsonNode node, List<ObjectNode> found) {
    if (node instanceof ObjectNode object) {
      found.add(object);
      for (var field : object.properties()) {
        if (!List.of("labels", "sources", "set", "add", "ports", "failover", "distribution")
            .contains(field.getKey())) {
          collect(field.getValue(), found);
        }
      }
    } else if (node instanceof ArrayNode list) {
      list.forEach(item -> collect(item, found));
    }
  }
}
