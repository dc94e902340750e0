package dev.neurite.mnist.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The page of a report as its reader meets it. */
final class WrittenPage {
  private final String html;
  private final Document document;

  /** Reads a page, which must be well-formed XML. */
  WrittenPage(Path file) throws Exception {
    html = Files.readString(file);
    document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
  }

  /** All of its words. */
  String text() {
    return document.getDocumentElement().getTextContent();
  }

  /** How many elements of a name it has. */
  int count(String element) {
    return document.getElementsByTagName(element).getLength();
  }

  /** The elements of a name. */
  NodeList elements(String element) {
    return document.getElementsByTagName(element);
  }

  /** Fails if it refers to anything outside itself, runs anything, or has no dark colours. */
  void assertItNeedsNothingElse() throws IOException {
    assertThat(html).doesNotContain("@import", "url(").contains("prefers-color-scheme: dark");
    Set<String> names = new HashSet<>();
    NodeList all = elements("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      names.add(element.getTagName());
      assertThat(element.hasAttribute("href")).isFalse();
      String source = element.getAttribute("src");
      if (!source.isEmpty()) {
        assertThat(source).startsWith("data:image/png;base64,");
        byte[] bytes = Base64.getDecoder().decode(source.substring(source.indexOf(',') + 1));
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(28);
      }
    }
    assertThat(names).contains("table", "svg").doesNotContain("script", "link");
  }
}
