package dev.neurite.explorer.inspect;

import com.formdev.flatlaf.FlatClientProperties;
import dev.neurite.explorer.text.ClassWords;
import dev.neurite.explorer.text.Texts;
import dev.neurite.explorer.ui.Captions;
import dev.neurite.explorer.ui.DigitView;
import dev.neurite.explorer.ui.FlowChart;
import dev.neurite.explorer.ui.FlowFigure;
import dev.neurite.explorer.ui.HeatTile;
import dev.neurite.explorer.ui.ScatterMap;
import dev.neurite.explorer.ui.ScatterPoint;
import dev.neurite.explorer.ui.WeightMap;
import dev.neurite.explorer.ui.WrappedText;
import dev.neurite.nn.model.LayerWeights;
import java.awt.event.HierarchyEvent;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.JSlider;
import javax.swing.JTabbedPane;
import net.miginfocom.swing.MigLayout;
import org.jspecify.annotations.Nullable;

/** Four looks inside a network, with a slider over the epochs above them. */
public final class InspectPanel extends JPanel implements InspectView {
  private static final long serialVersionUID = 1L;

  /** Else the shortest titles fit so closely that a font's rounding cuts them. */
  private static final int LEAST_TAB_WIDTH = 84;

  private transient @Nullable InspectPresenter presenter;
  private final JComboBox<String> layers = new JComboBox<>();
  private final JSlider epochs = new JSlider(0, 0, 0);
  private final JLabel epochText = Captions.faint("");
  private final JLabel whyNoEpochs = Captions.faint("");
  private final WrappedText message = new WrappedText(2);
  private final JTabbedPane tabs = new JTabbedPane();
  private final WeightMap weightMap = new WeightMap();
  private final JCheckBox ownScale = new JCheckBox(Texts.get("inspect.ownScale"));
  private final JSlider zoom = new JSlider(1, 6, 2);
  private final FlowChart flow = new FlowChart();
  private final HeatTile unitTile = new HeatTile();
  private final WrappedText unitText = new WrappedText(9);
  private final DigitView before = new DigitView();
  private final HeatTile gradient = new HeatTile();
  private final DigitView after = new DigitView();
  private final JComboBox<String> target = new JComboBox<>();
  private final ScatterMap map = new ScatterMap();
  private final DigitView pointed = new DigitView();
  private final WrappedText pointedText = new WrappedText(3);
  private boolean filling;
  private transient ClassWords classes = new ClassWords(List.of());

  /** Shows nothing yet. */
  public InspectPanel() {
    super(
        new MigLayout(
            "insets 12 14 8 14, fill, wrap 1, hidemode 3",
            "[grow, fill]",
            "[]6[]4[]4[]6[grow, fill]"));
    JPanel head = new JPanel(new MigLayout("insets 0, fillx", "[]12[][140!, fill]"));
    head.add(Captions.title(Texts.get("inspect.title")), "pushx, wmin 60");
    head.add(label("inspect.layer", layers));
    head.add(layers);
    add(head);
    JPanel time = new JPanel(new MigLayout("insets 0, fillx", "[]8[grow, fill]8[110!, right]"));
    time.add(label("inspect.time", epochs));
    epochs.setToolTipText(Texts.get("inspect.time.help"));
    time.add(epochs, "wmin 80");
    time.add(epochText);
    add(time);
    whyNoEpochs.setVisible(false);
    add(whyNoEpochs, "growx, wmin 0");
    add(message, "growx, wmin 60");
    tabs.putClientProperty(FlatClientProperties.TABBED_PANE_MINIMUM_TAB_WIDTH, LEAST_TAB_WIDTH);
    tabs.addTab(Texts.get("inspect.tab.weights"), weights());
    tabs.addTab(Texts.get("inspect.tab.flow"), flow());
    tabs.addTab(Texts.get("inspect.tab.saliency"), saliency());
    tabs.addTab(Texts.get("inspect.tab.map"), map());
    add(tabs, "grow, push");
    name(weightMap, "inspect.tab.weights");
    name(flow, "inspect.tab.flow");
    name(map, "inspect.tab.map");
    listen();
  }

  private static JLabel label(String key, JComponent target) {
    JLabel label = Captions.faint(Texts.get(key));
    label.setLabelFor(target);
    name(target, key);
    return label;
  }

  private static void name(JComponent component, String key) {
    component.getAccessibleContext().setAccessibleName(Texts.get(key));
  }

  private JPanel weights() {
    JPanel panel =
        new JPanel(new MigLayout("insets 8 0 0 0, fill, wrap 1", "[grow, fill]", "[][grow, fill]"));
    JPanel controls = new JPanel(new MigLayout("insets 0", "[]16[][110!]"));
    ownScale.setToolTipText(Texts.get("inspect.ownScale.help"));
    controls.add(ownScale);
    controls.add(label("inspect.zoom", zoom));
    controls.add(zoom);
    panel.add(controls);
    JScrollPane scroll = new JScrollPane(weightMap);
    scroll.setBorder(BorderFactory.createEmptyBorder());
    scroll.getVerticalScrollBar().setUnitIncrement(30);
    panel.add(scroll, "grow, push, hmin 80");
    return panel;
  }

  private JPanel flow() {
    JPanel panel =
        new JPanel(
            new MigLayout("insets 8 0 0 0, fill", "[grow, fill]10[132!, fill]", "[grow, fill]"));
    panel.add(flow, "grow, push");
    JPanel side = new JPanel(new MigLayout("insets 0, wrap 1", "[132!, fill]", "[]6[]"));
    name(unitTile, "inspect.unit.tile");
    name(unitText, "inspect.unit.inputs");
    side.add(unitTile, "height 112!");
    side.add(unitText, "wmin 60");
    panel.add(side, "aligny top");
    unitText.setText(Texts.get("inspect.unit.point"));
    return panel;
  }

  private JPanel saliency() {
    JPanel panel =
        new JPanel(
            new MigLayout(
                "insets 8 0 0 0, fillx, wrap 3",
                "[grow, fill, sg]12[grow, fill, sg]12[grow, fill, sg]",
                "[]10[]4[]"));
    JPanel question = new JPanel(new MigLayout("insets 0", "[]6[70::200, fill]"));
    question.add(label("inspect.target", target));
    question.add(target);
    panel.add(question, "span");
    panel.add(before, "height 84:224:224");
    panel.add(gradient, "height 84:224:224");
    panel.add(after, "height 84:224:224");
    panel.add(caption("inspect.saliency.before", before), "wmin 0");
    panel.add(caption("inspect.saliency.gradient", gradient), "wmin 0");
    panel.add(caption("inspect.saliency.after", after), "wmin 0");
    return panel;
  }

  private static WrappedText caption(String key, JComponent described) {
    name(described, key);
    WrappedText text = new WrappedText(3);
    text.setText(Texts.get(key));
    return text;
  }

  private JPanel map() {
    JPanel panel =
        new JPanel(
            new MigLayout("insets 8 0 0 0, fill", "[grow, fill]10[116!, fill]", "[grow, fill]"));
    panel.add(map, "grow, push");
    JPanel side = new JPanel(new MigLayout("insets 0, wrap 1", "[116!, fill]"));
    name(pointed, "inspect.map.pointed");
    side.add(pointed, "height 84!");
    side.add(pointedText, "wmin 60");
    panel.add(side, "aligny top");
    pointedText.setText(Texts.get("inspect.map.pointed"));
    return panel;
  }

  private void listen() {
    layers.addActionListener(
        event -> {
          if (layers.getSelectedIndex() >= 0) {
            tell(p -> p.chooseLayer(layers.getSelectedIndex()));
          }
        });
    epochs.addChangeListener(event -> tell(p -> p.chooseEpoch(epochs.getValue())));
    tabs.addChangeListener(
        event -> tell(p -> p.choose(InspectTab.values()[tabs.getSelectedIndex()])));
    ownScale.addActionListener(event -> weightMap.setOwnScale(ownScale.isSelected()));
    zoom.addChangeListener(event -> weightMap.setZoom(zoom.getValue()));
    flow.onPoint((column, unit) -> tell(p -> p.pointAt(column, unit)));
    target.addActionListener(
        event -> {
          if (target.getSelectedIndex() >= 0) {
            tell(p -> p.chooseTarget(target.getSelectedIndex()));
          }
        });
    map.onHover(
        point -> {
          pointed.setPixels(point == null ? List.of() : point.pixels());
          pointedText.setText(
              point == null
                  ? Texts.get("inspect.map.pointed")
                  : Texts.format("inspect.map.digit", classes.phrase(point.digit())));
        });
    addHierarchyListener(
        event -> {
          if ((event.getChangeFlags() & HierarchyEvent.SHOWING_CHANGED) != 0) {
            tell(p -> p.setVisible(isShowing()));
          }
        });
  }

  private void tell(Consumer<InspectPresenter> news) {
    InspectPresenter listener = presenter;
    if (listener != null && !filling) {
      news.accept(listener);
    }
  }

  /** Names who hears what the user does. */
  public void setPresenter(InspectPresenter newPresenter) {
    presenter = newPresenter;
  }

  /** Looks at something else. */
  public void open(InspectTab tab) {
    tabs.setSelectedIndex(tab.ordinal());
  }

  @Override
  public void showMessage(String text) {
    message.setText(text);
  }

  @Override
  public void showEpochs(List<Integer> list, int selected, String text, String reason) {
    filling = true;
    epochs.setEnabled(list.size() > 1);
    epochs.setMaximum(Math.max(0, list.size() - 1));
    epochs.setValue(Math.max(0, selected));
    epochText.setText(text);
    whyNoEpochs.setText(reason);
    whyNoEpochs.setToolTipText(reason.isEmpty() ? null : reason);
    whyNoEpochs.setVisible(!reason.isEmpty());
    filling = false;
  }

  @Override
  public void showClasses(ClassWords newClasses, int chosen) {
    filling = true;
    if (!newClasses.equals(classes)) {
      classes = newClasses;
      target.removeAllItems();
      for (int i = 0; i < classes.size(); i++) {
        target.addItem(classes.phrase(i));
      }
      flow.setClasses(classes);
      map.setClasses(classes);
    }
    target.setSelectedIndex(Math.min(chosen, classes.size() - 1));
    filling = false;
  }

  @Override
  public void showLayers(List<String> titles, int selected) {
    filling = true;
    boolean same = titles.size() == layers.getItemCount();
    for (int i = 0; same && i < titles.size(); i++) {
      same = titles.get(i).equals(layers.getItemAt(i));
    }
    if (!same) {
      layers.removeAllItems();
      titles.forEach(layers::addItem);
    }
    layers.setEnabled(!titles.isEmpty());
    layers.setSelectedIndex(selected);
    filling = false;
  }

  @Override
  public void showWeights(@Nullable LayerWeights weights) {
    weightMap.setWeights(weights);
  }

  @Override
  public void showFlow(FlowFigure figure) {
    flow.setFigure(figure);
  }

  @Override
  public void showUnit(List<Float> tile, String text) {
    unitTile.setValues(tile);
    unitText.setText(text);
  }

  @Override
  public void showSaliency(List<Float> digit, List<Float> slopes, List<Float> changed) {
    before.setPixels(digit);
    gradient.setValues(slopes);
    after.setPixels(changed);
  }

  @Override
  public void showMap(List<ScatterPoint> points) {
    map.setPoints(points);
  }
}
