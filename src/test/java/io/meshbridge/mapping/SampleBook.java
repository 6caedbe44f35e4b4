package io.meshbridge.mapping;

import io.meshbridge.adapter.files.ManifestReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The samples of one kind of policy: an object to begin with, and recipes for the leaves that need
 * more than a value in there.
 */
final class SampleBook {
  private final Map<?, ?> book;
  private final List<Recipe> recipes;

  private SampleBook(Map<?, ?> book) {
    this.book = book;
    this.recipes = Tree.objects(book, "recipes").stream().map(Recipe::of).toList();
  }

  /** Reads the book of a kind. */
  static SampleBook of(PolicyKind kind) throws IOException {
    var file = MappingFiles.resource("samples/" + kind.id() + ".yaml");
    var manifests = new ManifestReader().readText(file.toString(), Files.readString(file));
    if (!manifests.isWhole() || manifests.documents().size() != 1) {
      throw new IllegalStateException("not one document: " + file + manifests.diagnostics());
    }
    return new SampleBook(manifests.documents().getFirst().content());
  }

  /** The parts into which a page divides the leaves. */
  List<Section> sections() {
    return Tree.objects(book, "sections").stream().map(Section::of).toList();
  }

  /**
   * The smallest section that a leaf belongs to.
   *
   * @throws IllegalStateException if there is none
   */
  Section sectionOf(Leaf leaf) {
    return sections().stream()
        .filter(section -> section.holds(leaf))
        .max(Comparator.comparingInt(section -> section.path().length()))
        .orElseThrow(() -> new IllegalStateException("no section holds " + leaf.path()));
  }

  /** What a page says of the kind before it comes to the fields; may be empty. */
  String remark() {
    return Optional.ofNullable(book.get("remark")).map(Object::toString).orElse("");
  }

  /** Recipes that no leaf of the list needs. */
  List<Recipe> unused(LeafList list) {
    return recipes.stream()
        .filter(recipe -> list.leaves().stream().noneMatch(recipe::isFor))
        .toList();
  }

  /** The sample of a leaf. */
  Sample sample(Leaf leaf) {
    var fitting = recipes.stream().filter(recipe -> recipe.isFor(leaf)).toList();
    var key =
        last(fitting.stream().map(Recipe::key).filter(text -> !text.isEmpty()).toList())
            .orElse(String.valueOf(book.get("key")));
    var object = Tree.copyOf(Tree.object(book, "object"));
    fitting.forEach(recipe -> apply(recipe, object, leaf, key));
    var with = Tree.copyOf(object);
    var value = last(fitting.stream().flatMap(recipe -> recipe.value().stream()).toList());
    Tree.put(with, leaf.path(), key, value.orElseGet(() -> Values.of(leaf)));
    return new Sample(leaf, key, with, without(with, fitting, leaf, key), extras(fitting));
  }

  private static List<Step> placeOf(Recipe recipe, Leaf leaf) {
    return recipe.in().isEmpty() ? List.of() : leaf.path().stepsTo(recipe.in());
  }

  private static void apply(Recipe recipe, Map<String, Object> object, Leaf leaf, String key) {
    var place = placeOf(recipe, leaf);
    recipe.drop().forEach(name -> Tree.removeField(object, place, key, name));
    Tree.mergeAt(object, place, key, recipe.with());
  }

  private static Map<String, Object> without(
      Map<String, Object> with, List<Recipe> fitting, Leaf leaf, String key) {
    var without = Tree.copyOf(with);
    var instead = last(fitting.stream().flatMap(recipe -> recipe.instead().stream()).toList());
    var absent = last(fitting.stream().map(Recipe::absent).filter(s -> !s.isEmpty()).toList());
    if (instead.isPresent()) {
      Tree.put(without, leaf.path(), key, instead.orElseThrow());
    } else {
      var path = absent.map(name -> new LeafPath(leaf.path().stepsTo(name))).orElse(leaf.path());
      Tree.remove(without, path, key);
    }
    fitting.forEach(
        recipe -> Tree.mergeAt(without, placeOf(recipe, leaf), key, recipe.otherwise()));
    return without;
  }

  private List<Map<String, Object>> extras(List<Recipe> fitting) {
    var all = new ArrayList<Map<String, Object>>();
    var named = Tree.object(book, "extras");
    fitting.stream()
        .flatMap(recipe -> recipe.extras().stream())
        .distinct()
        .forEach(name -> Tree.objects(named, name).forEach(extra -> all.add(Tree.copyOf(extra))));
    return all;
  }

  private static <T> Optional<T> last(List<T> list) {
    return list.isEmpty() ? Optional.empty() : Optional.of(list.getLast());
  }
}
