package io.meshbridge.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshbridge.model.NameSyntax;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ModelGeneratorsTest {

  @TestFactory
  Stream<DynamicTest> everyValueIsValidAndRepeatable() {
    return SeededRuns.of(300)
        .check(
            random -> {
              long seed = random.nextLong();
              var first = new ModelGenerators(new SplittableRandom(seed));
              var second = new ModelGenerators(new SplittableRandom(seed));

              assertThat(first.anImport()).isEqualTo(second.anImport());
              var key = first.serviceKey();
              assertThat(first.offer(key)).isEqualTo(second.offer(second.serviceKey()));
              assertThat(first.hostileText()).isEqualTo(second.hostileText());
              assertThat(NameSyntax.DNS_LABEL.accepts(first.label())).isTrue();
            });
  }

  @TestFactory
  Stream<DynamicTest> shufflingKeepsEveryValue() {
    return SeededRuns.of(50)
        .check(
            random -> {
              var any = new ModelGenerators(random);
              var values = any.listOf(0, 20, random::nextInt);

              assertThat(any.shuffled(values)).containsExactlyInAnyOrderElementsOf(values);
            });
  }

  @Test
  void hostileTextIsReallyHostile() {
    var any = new ModelGenerators(new SplittableRandom(1));
    var seen = new HashSet<String>();
    for (int i = 0; i < 5_000; i++) {
      seen.add(any.hostileText());
    }

    assertThat(seen).contains("", "null", "..", "\n");
    assertThat(seen).anyMatch(text -> text.length() > 1_000);
    assertThat(seen).anyMatch(text -> text.contains("\ud83d\ude80"));
    assertThat(seen).anyMatch(text -> text.codePoints().anyMatch(point -> point == 0xd800));
  }
}
