package io.meshbridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshbridge.config.Adapters;
import io.meshbridge.spi.Translator.FileFormat;
import io.meshbridge.testing.PaperAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslateCommandTest {
  private static final Adapters ADAPTERS =
      new Adapters(
          List.of(new PaperAdapter("paper"), new PaperAdapter("stone", FileFormat.JSON)),
          List.of());

  @TempDir private Path folder;

  @Test
  void printsTheTargetsDocumentsAndNothingElse() throws IOException {
    var input = write("service=web namespace=shop\n");

    var typed = translate("-f", input, "--from", "paper", "--to", "stone");

    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .isEqualTo(
            "JSON {name=web.shop.paper.mesh.internal, origin=paper/shop/web, into=stone/,"
                + " federation=offline, first-seen=1970-01-01T00:00:00Z}\n");
    assertThat(typed.err())
        .isEqualTo("1 services translated into 1 documents; 0 losses, 0 diagnostics.\n");
  }

  @Test
  void obeysTheOptionsOfTheTarget() {
    var typed =
        type(
            "service=web\n",
            "-f",
            "-",
            "--from",
            "paper",
            "--to",
            "stone",
            "--mesh",
            "east",
            "--target-mesh",
            "west",
            "--namespace",
            "imports",
            "--federation",
            "fed");

    assertThat(typed.out())
        .contains("name=web.default.east.mesh.internal")
        .contains("into=west/imports")
        .contains("federation=fed");
  }

  @Test
  void saysWhatWasLostOnLinesThatPeopleAndEditorsRead() throws IOException {
    var input = write("service=web\nservice=api colour=red\n");

    var typed = translate("-f", input, "--from", "paper", "--to", "stone");

    assertThat(typed.code()).isZero();
    assertThat(typed.err())
        .contains(input + ":2: colour: dropped: colours are not read (write in grey)\n");
  }

  @Test
  void refusesAServiceThatItsMeshGuards() throws IOException {
    var input = write("service=vault guarded=true\nservice=web\n");

    var typed = translate("-f", input, "--from", "paper", "--to", "stone");

    assertThat(typed.code()).isEqualTo(ExitCode.PARTLY);
    assertThat(typed.err()).contains(input + ":1: access: refused: it is guarded");
    assertThat(typed.out()).contains("origin=paper/default/web").doesNotContain("vault");
  }

  @Test
  void goesOnAfterWhatTheTargetRefusesAndWhatCannotBeRead() throws IOException {
    var input = write("service=night colour=black\n???\nname=nobody\nservice=web\n");

    var typed = translate("-f", input, "--from", "paper", "--to", "stone");

    assertThat(typed.code()).isEqualTo(ExitCode.PARTLY);
    assertThat(typed.out().lines()).singleElement().asString().contains("origin=paper/default/web");
    assertThat(typed.err())
        .contains("labels.colour: refused: black is not legible")
        .contains(input + ":2: error: is torn")
        .contains(input + ":3: service: error: is missing");
  }

  @Test
  void givesNoTwoServicesOneName() throws IOException {
    var input = write("service=web\nservice=web\n");

    var typed = translate("-f", input, "--from", "paper", "--to", "stone");

    assertThat(typed.code()).isEqualTo(ExitCode.PARTLY);
    assertThat(typed.out().lines()).hasSize(1);
    assertThat(typed.err()).contains("name: refused: the name web.default.paper.mesh.internal is");
  }

  @Test
  void writesAReportForMachines() throws IOException {
    var input = write("service=api colour=red\n???\n");
    var report = folder.resolve("report.json");

    translate("-f", input, "--from", "paper", "--to", "stone", "--report", report.toString());

    var tree = new ObjectMapper().readTree(Files.readString(report));
    assertThat(tree.at("/losses").size()).isEqualTo(1);
    assertThat(tree.at("/losses/0/file").asText()).isEqualTo(input);
    assertThat(tree.at("/losses/0/line").asInt()).isEqualTo(1);
    assertThat(tree.at("/losses/0/path").asText()).isEqualTo("colour");
    assertThat(tree.at("/losses/0/outcome").asText()).isEqualTo("dropped");
    assertThat(tree.at("/losses/0/reason").asText()).isEqualTo("colours are not read");
    assertThat(tree.at("/losses/0/advice").asText()).isEqualTo("write in grey");
    assertThat(tree.at("/diagnostics/0/severity").asText()).isEqualTo("error");
    assertThat(tree.at("/diagnostics/0/message").asText()).isEqualTo("is torn");
    assertThat(tree.at("/diagnostics/0/line").asInt()).isEqualTo(2);
  }

  @Test
  void saysWhereAServiceIsDeclaredThatTheTargetRefuses() throws IOException {
    var input = write("service=plain\nservice=web colour=black\n");

    var typed = translate("-f", input, "--from", "paper", "--to", "stone");

    assertThat(typed.err()).contains(input + ":2: labels.colour: refused: black is not legible");
  }

  @Test
  void tellsAllWrongOptionsAtOnce() {
    var typed = translate("-f", "nowhere.yaml", "--from", "paper", "--to", "glass", "--mesh", "E");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.err().lines())
        .containsExactly(
            "--to: 'glass' is no known kind of mesh; known are [paper, stone]",
            "--mesh: 'E' is not a DNS label (a-z, 0-9, '-')",
            "--file: 'nowhere.yaml' does not exist");
  }

  @Test
  void translatesAllThatIsNamedTogether() throws IOException {
    var web = Files.writeString(folder.resolve("web.paper"), "service=web\n").toString();
    var api = Files.writeString(folder.resolve("api.paper"), "service=api\n").toString();

    var typed =
        type("service=db\n", "-f", web, "--file", api, "-f-", "--from", "paper", "--to", "stone");

    assertThat(typed.out())
        .contains("origin=paper/default/web")
        .contains("origin=paper/default/api")
        .contains("origin=paper/default/db");
    assertThat(typed.err()).startsWith("3 services translated into 3 documents");
  }

  @Test
  void refusesToReadOnePlaceTwice() throws IOException {
    var input = write("service=web\n");

    var typed = translate("-f", input, "-f", input, "--from", "paper", "--to", "stone");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err()).isEqualTo("--file: '" + input + "' is given twice\n");
  }

  @Test
  void saysThatItNeedsFiles() {
    var typed = translate("--from", "paper", "--to", "stone");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err()).startsWith("--file: is missing");
  }

  @Test
  void tellsTheTargetsVersionToItsTranslator() {
    var known =
        type("service=web\n", "-f-", "--from=paper", "--to=stone", "--target-version", "v1.8.7");
    var wrong =
        type("service=web\n", "-f-", "--from=paper", "--to=stone", "--target-version", "new");

    assertThat(known.out()).contains("version=1.8.7");
    assertThat(wrong.err()).isEqualTo("--target-version: 'new' is not a version such as 1.8.7\n");
  }

  @Test
  void refusesToTranslateAMeshIntoItself() {
    var typed = type("service=web\n", "-f", "-", "--from", "paper", "--to", "paper");

    assertThat(typed.code()).isEqualTo(ExitCode.INVALID);
    assertThat(typed.err()).contains("--mesh and --target-mesh: both are 'paper'");
  }

  @Test
  void showsProgressOnlyToAPerson() throws IOException {
    var input = write("service=web\n");
    String[] args = {"-f", input, "--from", "paper", "--to", "stone"};

    var seen = Typed.run(TranslateCommandTest::command, "", true, args);
    var piped = Typed.run(TranslateCommandTest::command, "", false, args);

    assertThat(seen.err()).contains("[##############################] 1/1");
    assertThat(piped.err()).doesNotContain("[").doesNotContain("\u001b");
    assertThat(seen.out()).isEqualTo(piped.out());
  }

  private static Object command(Terminal terminal) {
    return new TranslateCommand(ADAPTERS, new PaperFiles(), terminal);
  }

  private static Typed translate(String... args) {
    return type("", args);
  }

  private static Typed type(String input, String... args) {
    return Typed.run(TranslateCommandTest::command, input, false, args);
  }

  private String write(String text) throws IOException {
    return Files.writeString(folder.resolve("input.paper"), text).toString();
  }
}
