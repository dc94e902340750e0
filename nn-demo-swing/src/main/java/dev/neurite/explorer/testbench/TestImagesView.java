package dev.neurite.explorer.testbench;

import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.text.ClassWords;
import java.util.List;

/** Shows test images and what a network takes them for. */
public interface TestImagesView {
  /** Names the classes of the images. */
  void showClasses(ClassWords classes);

  /** Says what is shown, or why nothing is. */
  void showMessage(String text);

  /**
   * Shows a page of images.
   *
   * @param samples the images
   * @param predictions one for each image; {@code predicted} is -1 before a network was asked
   * @param page from 1, 0 for none
   * @param pages number of pages
   */
  void showPage(List<DigitSample> samples, List<Prediction> predictions, int page, int pages);

  /** Shows how often each class (row) is taken for each (column); empty for none. */
  void showConfusion(List<List<Integer>> counts);

  /** Shows the filter that is in use. */
  void showFilter(ImageFilter filter);
}
