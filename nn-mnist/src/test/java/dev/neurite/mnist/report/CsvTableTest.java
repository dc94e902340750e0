package dev.neurite.mnist.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTableTest {
  @Test
  void onlyWhatWouldBeTakenForSomethingElseIsQuoted() {
    CsvTable table = new CsvTable(List.of("layers", "message"));
    table.add(List.of("512,256", "plain words; nothing more"));
    table.add(List.of("", "a \"b\""));
    table.add(List.of("two\nlines", "carriage\rreturn"));
    assertThat(table.text())
        .isEqualTo(
            "layers,message\n"
                + "\"512,256\",plain words; nothing more\n"
                + ",\"a \"\"b\"\"\"\n"
                + "\"two\nlines\",\"carriage\rreturn\"\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.add(List.of("1")))
        .withMessage("received 1 values for 2 columns");
  }
}
