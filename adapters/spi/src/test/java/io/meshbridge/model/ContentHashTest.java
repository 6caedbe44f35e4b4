package io.meshbridge.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentHashTest {

  @Test
  void isWrittenAs64HexadecimalDigits() {
    assertThat(ContentHash.of(Map.of("a", 1))).matches("[0-9a-f]{64}");
    assertThat(ContentHash.shortOf("a", 8)).isEqualTo(ContentHash.of("a").substring(0, 8));
  }

  @Test
  void doesNotDependOnTheOrderOfKeys() {
    for (long seed = 1; seed <= 300; seed++) {
      // Given
      var random = new Random(seed);
      var keys = new ArrayList<String>();
      random.ints(6, 0, 50).forEach(number -> keys.add("key" + number));
      var one = nested(keys);
      Collections.shuffle(keys, random);

      // When
      var other = nested(keys);

      // Then
      assertThat(ContentHash.of(other)).as("seed %d", seed).isEqualTo(ContentHash.of(one));
    }
  }

  @Test
  void dependsOnTheOrderOfItems() {
    assertThat(ContentHash.of(List.of("a", "b"))).isNotEqualTo(ContentHash.of(List.of("b", "a")));
  }

  @Test
  void tellsTreesApartThatPrintAlike() {
    var trees =
        List.<Object>of(
            "",
            "a",
            "ab",
            List.of(),
            List.of(""),
            List.of("", ""),
            List.of("a", "b"),
            List.of("ab"),
            List.of("a", List.of("b")),
            List.of(List.of("a"), "b"),
            List.of(List.of("a", "b")),
            List.of("a", "b", ""),
            List.of("t:1:a"),
            Map.of(),
            Map.of("a", "b"),
            Map.of("a", ""),
            Map.of("", "a"),
            Map.of("ab", ""),
            Map.of("a", Map.of("b", "")),
            Map.of("a", List.of("b")),
            Map.of("a", "b", "c", "d"),
            Map.of("a", "b=c=d"),
            Map.of("a", Map.of(), "b", "x"),
            Map.of("a", Map.of("b", "x")),
            1,
            "1",
            true,
            "true",
            false,
            0,
            -1,
            1.5,
            "1.5");

    assertThat(trees.stream().map(ContentHash::of)).doesNotHaveDuplicates();
  }

  @Test
  void tellsRandomTreesApart() {
    // Given
    var random = new Random(1);
    Map<String, Object> byHash = new HashMap<>();
    int met = 0;
    for (int i = 0; i < 20_000; i++) {
      var tree = tree(random, 3);

      // When
      var before = byHash.putIfAbsent(ContentHash.of(tree), tree);

      // Then
      if (before != null) {
        met++;
        assertThat(before).as("tree %d", i).isEqualTo(tree);
      }
    }
    assertThat(met).as("equal trees that met").isPositive();
  }

  @Test
  void takesEqualNumbersOfAnyTypeForOne() {
    var ones = List.<Number>of(1, 1L, (short) 1, 1.0, 1.0f, BigInteger.ONE, new BigDecimal("1.00"));

    assertThat(Set.copyOf(ones.stream().map(ContentHash::of).toList())).hasSize(1);
    assertThat(ContentHash.of(-0.0)).isEqualTo(ContentHash.of(0));
    assertThat(ContentHash.of(1)).isNotEqualTo(ContentHash.of("1"));
  }

  @Test
  void tellsNumbersApartThatAreTooLargeForFloatingPoint() {
    long large = 1L << 53;

    assertThat(ContentHash.of(large)).isNotEqualTo(ContentHash.of(large + 1));
    assertThat(ContentHash.of(new BigDecimal("1.00000000000000000001")))
        .isNotEqualTo(ContentHash.of(1));
  }

  @Test
  void tellsHalfCharactersApart() {
    assertThat(List.of("\ud800", "\ud801", "\udc00", "?").stream().map(ContentHash::of))
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesWhatIsNoDocument() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ContentHash.of(Map.of("a", List.of(new Object()))))
        .withMessageContaining("java.lang.Object");
  }

  private static Map<String, Object> nested(List<String> keys) {
    var map = new LinkedHashMap<String, Object>();
    for (String key : keys) {
      var inner = new LinkedHashMap<String, Object>();
      keys.forEach(other -> inner.put(other, List.of(key.length())));
      map.put(key, inner);
    }
    return map;
  }

  private static Object tree(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0 -> "ab:1".substring(random.nextInt(4));
      case 1 -> random.nextInt(3);
      case 2 -> random.nextBoolean();
      case 3 -> {
        var items = new ArrayList<Object>();
        for (int i = random.nextInt(3); i > 0; i--) {
          items.add(tree(random, depth - 1));
        }
        yield items;
      }
      default -> {
        var fields = new HashMap<String, Object>();
        for (int i = random.nextInt(3); i > 0; i--) {
          fields.put("ab:1".substring(random.nextInt(4)), tree(random, depth - 1));
        }
        yield fields;
      }
    };
  }
}
