package dev.neurite.mnist.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nn recipes}: the published networks that {@code nn train --recipe} trains again. */
@Command(name = "recipes", description = "List the recipes of nn train --recipe.")
final class RecipesCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private CommonOptions ownOptions = new CommonOptions();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "list is needed");
  }

  @Command(name = "list", description = "Show all recipes with paper, settings and error.")
  int list(@Mixin CommonOptions options) {
    options.engine();
    ObjectNode result = JsonResults.object();
    ArrayNode recipes = result.putArray("recipes");
    for (Recipe recipe : Recipe.all()) {
      options
          .out()
          .printf(
              "%s%n  %s%n  %s%n  %s%n  train %s%n%s%n",
              recipe.name(),
              recipe.network(),
              recipe.paper(),
              recipe.errors(),
              new TreeMap<>(recipe.settings())
                  .entrySet().stream()
                      .map(e -> "--" + e.getKey() + " " + e.getValue())
                      .collect(Collectors.joining(" ")),
              recipe.note().isEmpty() ? "" : "  " + recipe.note() + "\n");
      ObjectNode node = recipes.addObject();
      node.put("name", recipe.name());
      node.put("paper", recipe.paper());
      node.put("network", recipe.network());
      JsonResults.put(node, "paperErrorPercent", recipe.paperErrorPercent());
      JsonResults.put(node, "expectedErrorPercent", recipe.expectedErrorPercent());
      putMeasured(node, recipe.measured());
      node.put("note", recipe.note());
      ObjectNode settings = node.putObject("settings");
      new TreeMap<>(recipe.settings()).forEach(settings::put);
      ObjectNode prune = node.putObject("prune");
      new TreeMap<>(recipe.prune()).forEach(prune::put);
    }
    options.finish(result);
    return 0;
  }

  private static void putMeasured(ObjectNode node, Recipe.@Nullable Measurement measured) {
    if (measured == null) {
      node.putNull("measured");
      return;
    }
    ObjectNode figures = node.putObject("measured");
    JsonResults.put(figures, "testErrorPercent", measured.testErrorPercent());
    JsonResults.put(figures, "prunedTestErrorPercent", measured.prunedTestErrorPercent());
    figures.put("seed", measured.seed());
    figures.put("date", measured.date());
  }
}
