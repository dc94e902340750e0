package dev.neurite.explorer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.neurite.explorer.ManualEventThread;
import dev.neurite.explorer.TinyDigits;
import dev.neurite.explorer.session.DataKind;
import dev.neurite.explorer.session.DataState;
import dev.neurite.mnist.source.DownloadListener;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class DataServiceTest {
  private final ManualEventThread eventThread = new ManualEventThread();
  private final List<DataState> states = new ArrayList<>();

  @Test
  void saysThatItLoadsThenHandsOver() {
    DataService service =
        new DataService(
            (directory, listener) -> new DataState.Ready(TinyDigits.split(20)),
            eventThread,
            (name, state) -> states.add(state));
    service.load("mnist");
    awaitLast(DataState.Ready.class);
    assertThat(states.get(0)).isInstanceOf(DataState.Loading.class);
  }

  @Test
  void saysHowTheDownloadGoesAndWhyItFailed() {
    DataService service =
        new DataService(
            (directory, listener) -> {
              listener.progress("train-images", 50, 100);
              throw new IOException("no network; put four files into " + directory);
            },
            eventThread,
            (name, state) -> states.add(state));
    service.load("here");
    awaitLast(DataState.Missing.class);
    assertThat(states)
        .containsExactly(
            new DataState.Loading(),
            new DataState.Downloading("train-images", 50, 100),
            new DataState.Missing("no network; put four files into here"));
  }

  @Test
  void fetchesWhatTheLoaderFetches() {
    DataLoader loader =
        new DataLoader() {
          @Override
          public DataState.Ready load(String name, DownloadListener listener) {
            return new DataState.Ready(TinyDigits.split(20), true);
          }

          @Override
          public DataState.Ready fetch(String name, DownloadListener listener) {
            return new DataState.Ready(TinyDigits.split(30));
          }
        };
    DataService service = new DataService(loader, eventThread, (name, state) -> states.add(state));
    service.load("mnist");
    awaitLast(DataState.Ready.class);
    assertThat(((DataState.Ready) states.get(states.size() - 1)).standIn()).isTrue();
    states.clear();
    service.fetch("mnist");
    awaitLast(DataState.Ready.class);
    DataState.Ready fetched = (DataState.Ready) states.get(states.size() - 1);
    assertThat(fetched.standIn()).isFalse();
    assertThat(fetched.split().train().size()).isEqualTo(30);
  }

  @Test
  void aLoadThatIsGivenUpIsInterruptedAndSaysNothing() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    CountDownLatch begun = new CountDownLatch(1);
    DataService service =
        new DataService(
            (directory, listener) -> {
              if (first.getAndSet(false)) {
                begun.countDown();
                try {
                  Thread.sleep(60_000);
                } catch (InterruptedException e) {
                  interrupted.countDown();
                  throw new IOException("interrupted", e);
                }
              }
              return new DataState.Ready(TinyDigits.split(20));
            },
            eventThread,
            (name, state) -> states.add(state));
    service.load("slow");
    begun.await(); // else the second load could be the first to run
    service.load("slow");
    interrupted.await();
    awaitLast(DataState.Ready.class);
    eventThread.runAll();
    assertThat(states).noneMatch(DataState.Missing.class::isInstance);
  }

  @Test
  void loadsOfDifferentDataDoNotDisturbEachOther() {
    Map<String, DataState> found = new HashMap<>();
    DataService service =
        new DataService(
            (name, listener) ->
                new DataState.Ready(TinyDigits.split(20), false, DataKind.named(name)),
            eventThread,
            found::put);
    service.load("fashion");
    service.load("kmnist");
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < end
        && !found.values().stream().allMatch(DataState.Ready.class::isInstance)) {
      eventThread.runAll();
    }
    assertThat(found).containsOnlyKeys("fashion", "kmnist");
    found.forEach(
        (name, state) ->
            assertThat(((DataState.Ready) state).kind()).isEqualTo(DataKind.named(name)));
  }

  private void awaitLast(Class<? extends DataState> kind) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() < end && !kind.isInstance(states.get(states.size() - 1))) {
      eventThread.runAll();
    }
    assertThat(states.get(states.size() - 1)).isInstanceOf(kind);
  }
}
