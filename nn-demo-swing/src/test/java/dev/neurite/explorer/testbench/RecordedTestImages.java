package dev.neurite.explorer.testbench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.text.ClassWords;
import java.util.List;

/** Remembers what it was last told to show of the test images. */
final class RecordedTestImages implements TestImagesView {
  String message = "";
  ClassWords words = ClassWords.DIGITS;
  List<DigitSample> samples = List.of();
  List<Prediction> predictions = List.of();
  List<List<Integer>> confusion = List.of();
  ImageFilter filter = ImageFilter.ALL;
  int page;
  int pages;

  @Override
  public void showClasses(ClassWords classes) {
    words = classes;
  }

  @Override
  public void showMessage(String text) {
    message = text;
  }

  /** The samples must be those that the predictions are of. */
  @Override
  public void showPage(
      List<DigitSample> newSamples, List<Prediction> newPredictions, int newPage, int newPages) {
    assertThat(newSamples)
        .extracting(DigitSample::actual)
        .isEqualTo(newPredictions.stream().map(Prediction::actual).toList());
    samples = newSamples;
    predictions = newPredictions;
    page = newPage;
    pages = newPages;
  }

  @Override
  public void showConfusion(List<List<Integer>> counts) {
    confusion = counts;
  }

  @Override
  public void showFilter(ImageFilter newFilter) {
    filter = newFilter;
  }
}
