package io.wwep.console.api;

import io.vertx.core.buffer.Buffer;
import io.wwep.certs.Identity;
import io.wwep.certs.Pem;
import io.wwep.certs.ServerIdentity;
import io.wwep.certs.embed.Embedded;
import io.wwep.certs.embed.Embedding;
import io.wwep.certs.embed.Firmware;
import io.wwep.certs.file.CryptoFile;
import io.wwep.certs.file.Password;
import io.wwep.console.http.Problem;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.Parameter;
import io.wwep.console.rest.Schema;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Collectors;

/** The server itself, and its certificates to be put on boards. */
final class ServerApi {

  private static final String PEM = "application/x-pem-file";
  private static final String DER = "application/pkix-cert";
  private static final String C = "text/x-c";

  private static final Parameter<String> KIND =
      word(Parameter.Place.PATH, "kind", "by the algorithm of its key", List.of("ec", "rsa"), null);

  private static final Parameter<String> AS =
      word(
          Parameter.Place.QUERY,
          "as",
          "PEM with those that signed it, DER, or a source of C",
          List.of("pem", "der", "c"),
          "pem");

  private final Watched watched;
  private final Workers workers;

  ServerApi(Watched watched, Workers workers) {
    this.watched = watched;
    this.workers = workers;
  }

  private static Parameter<String> word(
      Parameter.Place place, String name, String about, List<String> words, String otherwise) {
    return new Parameter<>(
        name,
        place,
        about,
        Schema.words(words.toArray(String[]::new)),
        text -> {
          if (!words.contains(text)) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", words));
          }
          return text;
        },
        otherwise,
        place == Parameter.Place.PATH);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get(Shapes.ROOT + "/server", "Tells how the server fares and what it has done.")
            .gives(ServerShapes.SERVER)
            .problems(503)
            .does(call -> workers.answer(call, () -> ServerFacts.of(watched))),
        Endpoint.get(
                Shapes.ROOT + "/server/certificates/{kind}",
                "Gives a certificate of the server, never its key.")
            .takes(KIND, AS)
            .givesToo(PEM, "With as=pem.")
            .givesToo(DER, "With as=der.")
            .givesToo(C, "With as=c.")
            .problems(404)
            .does(this::certificate));
  }

  private void certificate(Call call) {
    String kind = call.get(KIND);
    ServerIdentity shown = watched.server().identity();
    Identity identity = shown == null ? null : kind.equals("ec") ? shown.ec() : shown.rsa();
    if (identity == null) {
      throw Problem.notFound(
              shown == null
                  ? "this server serves no TLS, so it has no certificate: start it without --no-tls"
                  : "this server has no certificate of that kind: take the other one")
          .exception();
    }
    switch (call.get(AS)) {
      case "pem" -> send(call, PEM, "wwep_" + kind + ".pem", Buffer.buffer(pem(identity)));
      case "der" ->
          send(call, DER, "wwep_" + kind + ".der", Buffer.buffer(der(identity.certificate())));
      default -> workers.run(call, () -> source(identity, kind), made -> sendSource(call, made));
    }
  }

  private static void sendSource(Call call, Embedded made) {
    send(call, C, made.main(), Buffer.buffer(made.files().get(made.main())));
  }

  private static Embedded source(Identity identity, String kind) {
    byte[] pem = pem(identity).getBytes(StandardCharsets.US_ASCII);
    CryptoFile file =
        CryptoFile.read(new ByteArrayInputStream(pem), "the certificate", Password.NONE);
    return Embedding.of(file, Firmware.C, "wwep_" + kind + ".pem", null);
  }

  private static void send(Call call, String type, String name, Buffer content) {
    call.context()
        .response()
        .putHeader("Content-Disposition", "attachment; filename=\"%s\"".formatted(name));
    call.reply(200, type, content);
  }

  private static String pem(Identity identity) {
    return identity.chain().stream()
        .map(each -> Pem.write("CERTIFICATE", der(each)))
        .collect(Collectors.joining());
  }

  private static byte[] der(X509Certificate certificate) {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("what TLS shows can be encoded", e);
    }
  }
}
