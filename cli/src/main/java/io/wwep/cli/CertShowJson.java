package io.wwep.cli;

import io.wwep.certs.file.CryptoFile;
import io.wwep.certs.file.Description;
import io.wwep.certs.file.Item;
import io.wwep.certs.file.Relations;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files with keys and certificates for programs. */
final class CertShowJson {

  private CertShowJson() {}

  static Json of(List<CryptoFile> files, Relations relations, Instant now) {
    return new Json()
        .put("files", files.stream().map(each -> file(each, now)).toList())
        .put("relations", relations.statements())
        .put("problems", relations.problems());
  }

  private static Json file(CryptoFile file, Instant now) {
    return new Json()
        .put("file", file.name())
        .put("format", file.format())
        .put("items", file.items().stream().map(each -> item(each, now)).toList());
  }

  private static Map<String, Object> item(Item item, Instant now) {
    Description about = item.describe(now);
    Map<String, Object> values = new LinkedHashMap<>(about.values());
    values.put("form", item.form());
    return values;
  }
}
