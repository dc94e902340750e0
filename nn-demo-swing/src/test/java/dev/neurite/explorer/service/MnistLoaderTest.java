package dev.neurite.explorer.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.neurite.explorer.session.DataState;
import dev.neurite.mnist.source.MnistSource;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistLoaderTest {
  private static final int SIDE = 28;
  private static final int PICTURES = 12;

  @TempDir Path folder;
  private final MnistLoader loader = new MnistLoader(MnistSource.ofProcess());

  @Test
  void aFolderOfPicturesHasTheNamesOfItsClasses() throws IOException {
    List<String> names =
        List.of("ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen", "ibis", "jay");
    for (String name : names) {
      pictures(name);
    }
    DataState.Ready ready = loader.load(folder.toString(), (file, done, total) -> {});
    assertThat(ready.kind().classNames()).isEqualTo(names);
    assertThat(ready.kind().name()).isEqualTo(folder.toAbsolutePath().toString());
    assertThat(ready.standIn()).isFalse();
    int validation = ready.split().validation().size();
    assertThat(ready.split().train().size() + validation + ready.split().test().size())
        .isEqualTo(names.size() * PICTURES);
    assertThat(validation).isPositive();
  }

  @Test
  void anyNumberOfClassesWillDo() throws IOException {
    pictures("cap");
    pictures("hat");
    DataState.Ready ready = loader.load(folder.toString(), (file, done, total) -> {});
    assertThat(ready.kind().classNames()).containsExactly("cap", "hat");
    assertThat(ready.split().train().outputs()).isEqualTo(2);
  }

  @Test
  void whatIsNotThereSaysWhereItComesFromAndWhereItBelongs() {
    assertThatThrownBy(() -> loader.load("kmnist", (file, done, total) -> {}))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("https://codh.rois.ac.jp/kmnist")
        .hasMessageContaining("t10k-labels-idx1-ubyte")
        .hasMessageContaining(
            MnistSource.ofProcess().cacheDirectory().resolveSibling("kmnist").toString());
  }

  private void pictures(String name) throws IOException {
    Path place = Files.createDirectory(folder.resolve(name));
    for (int i = 0; i < PICTURES; i++) {
      BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
      for (int y = 6; y < 20; y++) {
        image.setRGB(10 + i % 5, y, 0xFFFFFF);
      }
      ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
    }
  }
}
