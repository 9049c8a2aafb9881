package io.wwep.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.Validity;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both TLS engines against real clients that refuse, or are refused. */
class TlsDiagnosisLiveTest {

  private static final long WAIT_SECONDS = 30;
  private static final String SUCCESS = "the handshake succeeded";

  @TempDir private static Path directory;
  private static EventLoopGroup group;
  private static Identity valid;
  private static Identity expired;
  private static Identity elsewhere;

  private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
  private final BlockingQueue<ClientHello> hellos = new LinkedBlockingQueue<>();

  @BeforeAll
  static void makeIdentities() {
    group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    valid = identity("valid", "localhost", "2026-01-01T00:00:00Z", "2049-01-01T00:00:00Z");
    expired = identity("expired", "localhost", "2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z");
    elsewhere = identity("elsewhere", "b.example", "2020-01-01T00:00:00Z", "2049-01-01T00:00:00Z");
  }

  private static Identity identity(String file, String name, String from, String until) {
    Identity identity =
        Identities.selfSigned(
            KeyAlgorithm.EC_P256,
            name,
            List.of(name),
            new Validity(Instant.parse(from), Instant.parse(until)));
    Identities.writePem(
        identity, directory.resolve(file + ".pem"), directory.resolve(file + ".key.pem"));
    return identity;
  }

  @AfterAll
  static void stop() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private static Identity named(String name) {
    return switch (name) {
      case "valid" -> valid;
      case "expired" -> expired;
      default -> elsewhere;
    };
  }

  private static String explain(Throwable cause, ClientHello hello) {
    return new TlsDiagnosis(hello, TestSide.of(hello)).explain(cause, TlsDiagnosis.NO_ALERT);
  }

  private Channel serve(TlsContext context) throws Exception {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                channel.pipeline().addLast(new Recorder(context));
                channel.pipeline().addLast(new Closer());
              }
            })
        .bind("127.0.0.1", 0)
        .sync()
        .channel();
  }

  private final class Recorder extends SslClientHelloHandler<TlsLayer> {

    private final TlsContext context;

    Recorder(TlsContext context) {
      this.context = context;
    }

    @Override
    protected Future<TlsLayer> lookup(ChannelHandlerContext ctx, ByteBuf bytes) {
      hellos.add(ClientHello.parse(ByteBufUtil.getBytes(bytes)));
      return ctx.executor().newSucceededFuture(context.newLayer(ctx.alloc()));
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, Future<TlsLayer> made) {
      ctx.pipeline().replace(this, "tls", made.getNow());
    }
  }

  private final class Closer extends ChannelInboundHandlerAdapter {

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        outcomes.add(handshake.isSuccess() ? SUCCESS : explain(handshake.cause(), hellos.peek()));
        if (!handshake.isSuccess()) {
          ctx.close();
        }
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }

  /** Runs a client to its end; what it says itself is of no interest. */
  private static void run(String... command) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(emptyFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      Assumptions.abort(command[0] + " is not installed");
      return;
    }
    try {
      assertThat(process.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static File emptyFile() throws IOException {
    return Files.write(directory.resolve("empty"), new byte[0]).toFile();
  }

  private String outcome(Provider provider, String identity, List<String> command)
      throws Exception {
    Channel server = serve(provider.context(named(identity)));
    try {
      String port = String.valueOf(((InetSocketAddress) server.localAddress()).getPort());
      run(command.stream().map(each -> each.replace("PORT", port)).toArray(String[]::new));
      String outcome = outcomes.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      assertThat(hellos.poll().malformed()).isFalse();
      return outcome;
    } finally {
      server.close().sync();
    }
  }

  private static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    for (String each : command.strip().split(" +", -1)) {
      words.add(each);
    }
    return words;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "valid | -CAfile valid.pem -verify_return_error | the handshake succeeded",
        "valid | -tls1_2 -CAfile elsewhere.pem -verify_return_error | alert 48 (unknown_ca)",
        "valid | -CAfile elsewhere.pem -verify_return_error | load the server's certificate",
        "expired | -tls1_2 -CAfile expired.pem -verify_return_error | alert 45 (certificate_expired)",
        "elsewhere | -tls1_2 -CAfile elsewhere.pem -verify_return_error -verify_hostname localhost |"
            + " alert 42 (bad_certificate)",
        "valid | -tls1 -cipher ALL:@SECLEVEL=0 | the board offers TLS 1.0 at most",
        "valid | -tls1_1 -cipher ALL:@SECLEVEL=0 | the board offers TLS 1.1 at most",
        "valid | -tls1_2 -cipher AES128-SHA256 | TLS_RSA_WITH_AES_128_CBC_SHA256",
        "valid | -tls1_2 -cipher ECDHE-RSA-AES128-GCM-SHA256 | none goes with the server's"
            + " certificate",
        "valid | -tls1_3 -sigalgs ed25519 | can verify no signature",
      })
  void shouldExplainOpenssl(String identity, String options, String part) throws Exception {
    List<String> command =
        words("openssl s_client -connect 127.0.0.1:PORT -quiet -no_ign_eof " + options);
    for (Provider provider : Provider.values()) {
      assertThat(outcome(provider, identity, command)).as("%s", provider).contains(part);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "valid | --x509cafile=valid.pem | the handshake succeeded",
        "valid | --x509cafile=elsewhere.pem | alert 42 (bad_certificate)",
        "expired | --x509cafile=expired.pem | alert 42 (bad_certificate)",
        "valid | --priority=NORMAL:-VERS-ALL:+VERS-TLS1.2:-KX-ALL:+RSA | cipher suites that this"
            + " server does not take",
      })
  void shouldExplainGnutls(String identity, String options, String part) throws Exception {
    List<String> command = words("gnutls-cli -p PORT " + options + " localhost");
    for (Provider provider : Provider.values()) {
      assertThat(outcome(provider, identity, command)).as("%s", provider).contains(part);
    }
  }
}
