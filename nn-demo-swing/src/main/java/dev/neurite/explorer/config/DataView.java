package dev.neurite.explorer.config;

/** Shows whether the images are there. */
public interface DataView {
  /**
   * They are on their way.
   *
   * @param text what happens
   * @param share 0 to 1; negative if it is not known
   */
  void showWaiting(String text, double share);

  /**
   * They are there.
   *
   * @param text how many
   * @param standIn whether they stand in for MNIST, which can be fetched
   */
  void showReady(String text, boolean standIn);

  /**
   * They are not to be had.
   *
   * @param title what is missing
   * @param reason which files are missing and where they belong
   */
  void showMissing(String title, String reason);
}
