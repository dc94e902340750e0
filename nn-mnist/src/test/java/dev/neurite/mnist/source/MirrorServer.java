package dev.neurite.mnist.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mirror on this machine that behaves as a test wants and notes what it is asked for. */
final class MirrorServer implements AutoCloseable {
  /** Answers a request for a range that starts at a byte, 0 if there is none. */
  interface Behaviour {
    void answer(HttpExchange exchange, int from) throws IOException, InterruptedException;
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Integer> starts = new CopyOnWriteArrayList<>();

  MirrorServer(Behaviour behaviour) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/mnist/",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
          starts.add(from);
          try (exchange) {
            behaviour.answer(exchange, from);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
  }

  /** Delivers content, from the byte that is asked for. */
  static Behaviour serving(byte[] content) {
    return (exchange, from) -> {
      if (from > 0) {
        String range = "bytes %d-%d/%d".formatted(from, content.length - 1, content.length);
        exchange.getResponseHeaders().set("Content-Range", range);
      }
      exchange.sendResponseHeaders(from > 0 ? 206 : 200, content.length - from);
      exchange.getResponseBody().write(content, from, content.length - from);
    };
  }

  /** Answers with an error. */
  static Behaviour failing(int status) {
    return (exchange, from) -> exchange.sendResponseHeaders(status, -1);
  }

  URI address() {
    return URI.create("http://localhost:%d/mnist/".formatted(server.getAddress().getPort()));
  }

  /** First byte of each request so far. */
  List<Integer> starts() {
    return starts;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
