package io.meshbridge.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBackedTest {
  private final List<String> heard = new ArrayList<>();
  private int readings;

  @TempDir private Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(left(), "a");
    Files.writeString(right(), "a");
  }

  @Test
  void isMadeAgainOnlyWhenAFileHoldsSomethingElse() throws Exception {
    var both = both();
    both.now();
    Files.writeString(left(), "a");

    assertThat(both.now()).isEqualTo("aa");
    assertThat(readings).isEqualTo(1);
    assertThat(heard).isEmpty();
  }

  @Test
  void isWhatTheFilesHoldNow() throws Exception {
    var both = both();
    Files.writeString(left(), "b");
    Files.writeString(right(), "b");

    assertThat(both.now()).isEqualTo("bb");
    assertThat(heard).containsExactly("renewed");
  }

  @Test
  void staysAsItIsWhileOnlyOneFileIsNewAndSaysSoOnce() throws Exception {
    var both = both();
    Files.writeString(left(), "b");

    assertThat(both.now()).isEqualTo("aa");
    assertThat(both.now()).isEqualTo("aa");
    assertThat(heard).containsExactly("kept: b is not a");

    Files.writeString(right(), "b");
    assertThat(both.now()).isEqualTo("bb");
  }

  @Test
  void staysAsItIsWhileAFileIsAwayAndSaysSoOnce() throws Exception {
    var both = both();
    Files.delete(left());

    assertThat(both.now()).isEqualTo("aa");
    assertThat(both.now()).isEqualTo("aa");
    assertThat(heard).hasSize(1).first().asString().contains(left().toString());
  }

  @Test
  void cannotBeginWithFilesThatDoNotGoTogether() throws Exception {
    Files.writeString(left(), "b");

    assertThatThrownBy(this::both).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void hidesNoFaultThatIsNotOfTheFiles() throws Exception {
    var faulty = new FileBacked<>(Set.of(left()), this::failLater, Unlikely.class, new Notes());
    Files.writeString(left(), "b");

    assertThatThrownBy(faulty::now).isInstanceOf(IllegalStateException.class);
  }

  private FileBacked<String> both() {
    return new FileBacked<>(
        Set.of(left(), right()), this::join, IllegalArgumentException.class, new Notes());
  }

  private String join() {
    readings++;
    try {
      var first = Files.readString(left());
      var second = Files.readString(right());
      if (!first.equals(second)) {
        throw new IllegalArgumentException(first + " is not " + second);
      }
      return first + second;
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(unreadable.toString(), unreadable);
    }
  }

  private String failLater() {
    if (readings++ > 0) {
      throw new IllegalStateException("a fault of ours");
    }
    return "made";
  }

  private Path left() {
    return folder.resolve("left");
  }

  private Path right() {
    return folder.resolve("right");
  }

  private static final class Unlikely extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final class Notes implements FileBacked.Listener {
    @Override
    public void renewed() {
      heard.add("renewed");
    }

    @Override
    public void kept(RuntimeException reason) {
      heard.add("kept: " + reason.getMessage());
    }
  }
}
