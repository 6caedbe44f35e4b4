package io.meshbridge.adapter.linkerd;

import static org.assertj.core.api.Assertions.assertThat;

import com.oracle.svm.core.annotate.TargetClass;
import java.lang.reflect.Field;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No native-image runs here: what it would be told is held against dnsjava. */
class NativeNameServersTest {
  private static final String ARGUMENTS =
      "/META-INF/native-image/io.meshbridge/meshbridge-adapter-linkerd/native-image.properties";

  static Stream<Field> fields() {
    return Stream.of(NativeNameServers.class.getDeclaredFields())
        .filter(field -> !field.isSynthetic());
  }

  @ParameterizedTest
  @MethodSource("fields")
  void eachFieldIsOneOfDnsjavas(Field field) throws Exception {
    assertThat(replaced().getDeclaredField(field.getName()).getType()).isEqualTo(field.getType());
  }

  @Test
  void theConstructorThatIsReplacedIsTheOnlyOne() throws Exception {
    assertThat(replaced().getDeclaredConstructors())
        .singleElement()
        .satisfies(constructor -> assertThat(constructor.getParameterCount()).isZero());
  }

  @Test
  void dnsjavaIsInitializedWhereTheExecutableRuns() throws Exception {
    var properties = new Properties();
    try (var file = NativeNameServers.class.getResourceAsStream(ARGUMENTS)) {
      properties.load(file);
    }

    assertThat(properties.getProperty("Args"))
        .isEqualTo("--initialize-at-run-time=" + replaced().getPackageName());
  }

  private static Class<?> replaced() throws ClassNotFoundException {
    var name = NativeNameServers.class.getAnnotation(TargetClass.class).className();
    return Class.forName(name, false, NativeNameServers.class.getClassLoader());
  }
}
