package dev.neurite.explorer.testbench;

import dev.neurite.explorer.service.DigitSample;
import dev.neurite.explorer.text.ClassWords;
import java.util.List;

/** Remembers what it was last told to show of the drawing. */
final class RecordedTestbench implements TestbenchView {
  DigitSample sample;
  List<Float> seen;
  String answer = "";
  String sentence = "";
  List<Float> probabilities = List.of();
  int winner;
  List<Float> rivalProbabilities = List.of();
  int rivalWinner;
  ClassWords own;
  ClassWords other;
  String model;
  List<String> rivals;
  int rival;

  @Override
  public void showSample(DigitSample newSample) {
    sample = newSample;
  }

  @Override
  public void showSeen(List<Float> pixels) {
    seen = pixels;
  }

  @Override
  public void showProbabilities(List<Float> newProbabilities, int newWinner) {
    probabilities = newProbabilities;
    winner = newWinner;
  }

  @Override
  public void showRivalProbabilities(List<Float> newProbabilities, int newWinner) {
    rivalProbabilities = newProbabilities;
    rivalWinner = newWinner;
  }

  @Override
  public void showAnswer(String newAnswer, String newSentence) {
    answer = newAnswer;
    sentence = newSentence;
  }

  @Override
  public void showClasses(ClassWords newOwn, ClassWords newOther) {
    own = newOwn;
    other = newOther;
  }

  @Override
  public void showModel(String text) {
    model = text;
  }

  @Override
  public void showRivals(List<String> names, int selected, String answering) {
    rivals = names;
    rival = selected;
  }
}
