package dev.neurite.mnist.source;

/** Hears how a download goes on; called often, on the downloading thread. */
@FunctionalInterface
public interface DownloadListener {
  /**
   * Some of a file has arrived.
   *
   * @param file name of the file
   * @param bytesDone bytes that are there, those of an earlier attempt included; falls back when a
   *     mirror makes the download start again
   * @param bytesTotal size of the whole file in bytes
   */
  void progress(String file, long bytesDone, long bytesTotal);
}
