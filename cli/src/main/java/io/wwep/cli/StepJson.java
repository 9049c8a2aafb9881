package io.wwep.cli;

import io.wwep.board.Transmission;
import io.wwep.board.steps.BufferState;
import io.wwep.board.steps.BufferUse;
import io.wwep.board.steps.Passed;
import io.wwep.board.steps.Step;
import io.wwep.client.CertificateSummary;
import java.time.Duration;
import java.util.Locale;

/** Steps of a connection, and what came of a key, as JSON objects. */
final class StepJson {

  private StepJson() {}

  static Json of(Step step) {
    BufferUse use = step.use();
    return new Json()
        .put("step", step.kind().word())
        .put("done", step.done())
        .put("millis", millis(step.took()))
        .put("what", CommandName.in(step.what()))
        .put("onTheBoard", step.kind().onTheBoard())
        .put("passed", step.passed().stream().map(StepJson::of).toList())
        .put("certificates", step.shown().stream().map(StepJson::of).toList())
        .put("certificatesOfBoard", step.shownByBoard().stream().map(StepJson::of).toList())
        .put("buffers", step.buffers().stream().map(StepJson::of).toList())
        .put("buffersUsed", use.used())
        .put("buffersHeld", use.held());
  }

  private static Json of(Passed passed) {
    return new Json()
        .put("direction", word(passed.direction()))
        .put("layer", word(passed.layer()))
        .putIfPresent("name", passed.name())
        .put("bytes", passed.length())
        .put("hex", passed.hex())
        .putIfPresent("text", passed.layer() == Passed.Layer.TEXT ? passed.text() : null)
        .putIfPresent("details", passed.details());
  }

  private static Json of(CertificateSummary certificate) {
    return new Json()
        .put("subject", certificate.subject())
        .put("issuer", certificate.issuer())
        .put("hosts", certificate.hosts())
        .put("from", certificate.from())
        .put("until", certificate.until())
        .put("key", certificate.key())
        .put("sha256", certificate.fingerprint());
  }

  private static Json of(BufferState state) {
    return new Json()
        .put("buffer", state.number())
        .put("type", state.type())
        .put("moment", state.moment().words())
        .put("refCount", state.refCount())
        .put("start", state.start())
        .put("end", state.end())
        .put("capacity", state.capacity());
  }

  static Json of(char key, Transmission sent, boolean ledOn) {
    return new Json()
        .put("key", key)
        .put("tls", sent.secure())
        .put("sent", sent.sent())
        .put("received", sent.received())
        .put("verdict", word(sent.judgement().verdict()))
        .put("meaning", CommandName.in(sent.judgement().meaning()))
        .put("millis", millis(sent.elapsed()))
        .put("ledOn", ledOn);
  }

  private static double millis(Duration time) {
    return Math.round(time.toNanos() / 1e3) / 1e3;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
