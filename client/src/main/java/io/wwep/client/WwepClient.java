package io.wwep.client;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Request;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A client of one WWEP server: each request yields exactly one outcome.
 *
 * <pre>{@code
 * try (WwepClient client = WwepClient.builder("wwep.example").build()) {
 *   client.write(0x0FAC, 0x0B, 0x1234);
 *   OptionalInt value = client.read(0x0FAC, 0x0B); // empty for an X: usually nobody wrote it
 * }
 * }</pre>
 *
 * <p>Requests take effect in the order in which they were submitted. The client opens and reopens
 * its one connection by itself, for servers that close after each reply and for those that keep
 * sessions. A read that a broken connection left unanswered is repeated once; a write is never
 * repeated after a byte of it may have left, and {@link WwepException.OutcomeUnknown} says so. To
 * find out whether a connection still lives, the client may send a read of the same register in
 * front of a write.
 *
 * <p>Threads: all methods may be called from any thread. Blocking methods end within the connect,
 * handshake and reply timeouts, twice these for a read that is repeated, plus the time that
 * requests in front of them need. One daemon thread sends, one reads for each connection, one
 * completes futures; none is bound to a request, but a raw exchange has one for as long as it runs.
 * A thread that is interrupted while it waits gets a failure at once, and keeps its flag. The
 * connection is made at the first request.
 */
public final class WwepClient implements AutoCloseable {

  private final Settings settings;
  private final Dispatcher dispatcher;
  private final Submitter submitter;
  private final Exchanges exchanges;

  WwepClient(Settings settings) {
    this.settings = settings;
    dispatcher = new Dispatcher(settings);
    submitter = new Submitter(settings, dispatcher);
    exchanges = new Exchanges(settings);
  }

  /**
   * Returns a builder for a client of this host.
   *
   * @param host a name or an IP address, without scheme and port; an IPv6 address may be in
   *     brackets
   * @throws IllegalArgumentException when it can be neither; the message says what belongs where
   */
  public static WwepClientBuilder builder(String host) {
    return new WwepClientBuilder(host);
  }

  // ---- blocking

  /**
   * Reads a register.
   *
   * @return 0 to 65,535, or empty when the server answered {@code X}: usually nobody wrote it, or
   *     else the server refused the request; its console says why
   * @throws WwepException when there is no answer that could be believed
   */
  public OptionalInt read(RegisterId id) {
    return Answers.ofRead(execute(new Request.Read(id)));
  }

  /**
   * Reads a register.
   *
   * @param device 0 to 65,535
   * @param register 0 to 255
   * @return 0 to 65,535, or empty when the server answered {@code X}: usually nobody wrote it, or
   *     else the server refused the request; its console says why
   * @throws WwepException when there is no answer that could be believed
   */
  public OptionalInt read(int device, int register) {
    return read(new RegisterId(device, register));
  }

  /**
   * Writes a register.
   *
   * @param value 0 to 65,535
   * @return the value that the server stored, which is the same
   * @throws WwepException.Rejected when the server answered {@code X}: it stored nothing
   * @throws WwepException when there is no answer that could be believed
   */
  public int write(RegisterId id, int value) {
    Request.Write write = new Request.Write(id, value);
    return Answers.ofWrite(execute(write), write, settings.endpoint());
  }

  /**
   * Writes a register.
   *
   * @param device 0 to 65,535
   * @param register 0 to 255
   * @param value 0 to 65,535
   * @return the value that the server stored, which is the same
   * @throws WwepException.Rejected when the server answered {@code X}: it stored nothing
   * @throws WwepException when there is no answer that could be believed
   */
  public int write(int device, int register, int value) {
    return write(new RegisterId(device, register), value);
  }

  /** Sends a request and returns its outcome; throws only when the client is closed. */
  public Outcome execute(Request request) {
    return submitter.execute(request);
  }

  // ---- asynchronous

  /**
   * Reads a register without waiting for the answer; see {@link #executeAsync}, also for why a
   * callback must not wait for the future.
   *
   * @return completes as {@link #read(RegisterId)} returns or throws; empty for an {@code X}, which
   *     means that nobody wrote it, or that the server refused the request
   */
  public CompletableFuture<OptionalInt> readAsync(RegisterId id) {
    return executeAsync(new Request.Read(id)).thenApply(Answers::ofRead);
  }

  /**
   * Writes a register without waiting for the answer; see {@link #executeAsync}, also for why a
   * callback must not wait for the future.
   *
   * @param value 0 to 65,535
   * @return completes as {@link #write(RegisterId, int)} returns or throws
   */
  public CompletableFuture<Integer> writeAsync(RegisterId id, int value) {
    Request.Write write = new Request.Write(id, value);
    return executeAsync(write)
        .thenApply(outcome -> Answers.ofWrite(outcome, write, settings.endpoint()));
  }

  /**
   * Sends a request without waiting for its answer. Where the server keeps sessions, requests are
   * pipelined.
   *
   * <p>When as many requests as the builder's {@code inFlightMax} have no outcome yet, this waits
   * for room, up to the queue timeout. Inside a callback of this client it does not wait and fails
   * at once. Callbacks run one after the other on one daemon thread of this client, which also
   * completes the futures: a callback that waits for a future of the same client with {@code get}
   * or {@code join} waits for ever, whereas composing it and the blocking methods do no harm there.
   *
   * @return completes with the outcome, and never exceptionally
   * @throws IllegalStateException when the client is closed
   */
  public CompletableFuture<Outcome> executeAsync(Request request) {
    return submitter.executeAsync(request);
  }

  // ---- step by step

  /**
   * Returns a connection to the same server, with the same trust, identity and times, whose steps
   * the caller makes on a network stack of its own. It does not end with this client.
   */
  public StepwiseConnection stepwise() {
    return new StepwiseConnection(settings);
  }

  // ---- many at once

  /**
   * Reads many registers, pipelined where the server keeps sessions.
   *
   * @param ids up to 65,536
   * @return a value for each, in the same order; empty where the server answered {@code X}: usually
   *     nobody wrote it, or else the server refused the request; its console says why
   * @throws WwepException the first failure; what is not sent by then is not sent any more
   */
  public List<OptionalInt> readAll(List<RegisterId> ids) {
    return submitter.readAll(ids);
  }

  /**
   * Reads all 256 registers of a device.
   *
   * @param device 0 to 65,535
   * @return register number to value; what is missing was answered with {@code X}: usually nobody
   *     wrote it, or else the server refused the request; its console says why
   * @throws WwepException when there is no answer that could be believed
   */
  public SortedMap<Integer, Integer> dump(int device) {
    List<RegisterId> ids =
        IntStream.rangeClosed(0, RegisterId.REGISTER_MAX)
            .mapToObj(register -> new RegisterId(device, register))
            .toList();
    List<OptionalInt> values = readAll(ids);
    SortedMap<Integer, Integer> written = new TreeMap<>();
    for (int register = 0; register < values.size(); register++) {
      int number = register;
      values.get(register).ifPresent(value -> written.put(number, value));
    }
    return written;
  }

  // ---- raw

  /**
   * Sends bytes as they are on a connection of their own and waits for the first reply; see {@link
   * #exchange(byte[], int)}.
   */
  public RawExchange exchange(byte[] bytes) {
    return exchange(bytes, 1);
  }

  /**
   * Sends bytes as they are on a connection of their own, and receives until enough replies are
   * complete, the server closes, something foreign comes, or the reply timeout is over. Nothing is
   * repeated.
   *
   * @param bytes up to 1 MiB; they need not be legal
   * @param replies how many to wait for, 0 to 65,536; 0 waits for the close or the timeout
   * @throws WwepException when no connection can be made, and when the client is closed or the
   *     thread interrupted in the meantime; the server may have stored what the bytes say if {@link
   *     WwepException#mayHaveTakenEffect()}
   * @throws IllegalStateException when the client is closed
   */
  public RawExchange exchange(byte[] bytes, int replies) {
    Limits.requireInRange("length of the bytes", bytes.length, 0, Limits.RAW_SENT_BYTES_MAX);
    Limits.requireInRange("replies", replies, 0, Limits.RAW_RECEIVED_BYTES_MAX);
    return exchanges.run(bytes.clone(), replies);
  }

  /** Returns where this client sends, as {@code host:port}. */
  public String endpoint() {
    return settings.endpoint().toString();
  }

  /**
   * Ends the connections and the threads. Requests and exchanges without an outcome get one:
   * unreachable, or unknown for a write that may have been sent.
   */
  @Override
  public void close() {
    exchanges.close();
    dispatcher.close();
  }
}
