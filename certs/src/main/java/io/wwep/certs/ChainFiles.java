package io.wwep.certs;

import io.wwep.certs.ChainReport.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Certificates of a chain as files: what each is called, and what is in it. */
public final class ChainFiles {

  /** File systems take 255 bytes, of which the ends need some. */
  private static final int NAME_MAX = 100;

  private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9._]+");

  /** Hidden files, and what Windows cuts off. */
  private static final Pattern UNFIT_AT_ENDS = Pattern.compile("^[-.]+|[-.]+$");

  private ChainFiles() {}

  /**
   * Makes a directory where there is none.
   *
   * @throws IdentityException when that cannot be
   */
  public static void makeDirectory(Path directory) {
    if (!Files.isDirectory(directory)) {
      PrivateDirectory.create(directory);
    }
  }

  /**
   * Returns a name for each, without its end: the server's own is called by the host, others by
   * whom they are about. No two are the same, also where a file system takes capitals for small
   * letters.
   */
  public static Map<X509Certificate, String> names(
      List<X509Certificate> certificates, ChainReport report, String host) {
    X509Certificate leaf = report.part(Part.LEAF).get(0);
    Map<X509Certificate, String> names = new LinkedHashMap<>();
    for (X509Certificate each : certificates) {
      String name = each.equals(leaf) ? host : fit(CertificateWords.of(each).shortName());
      String free = name;
      for (int i = 2; hasName(names, free); i++) {
        free = name + "-" + i;
      }
      names.put(each, free);
    }
    return names;
  }

  private static boolean hasName(Map<X509Certificate, String> names, String name) {
    return names.values().stream().anyMatch(name::equalsIgnoreCase);
  }

  private static String fit(String name) {
    String plain = UNFIT.matcher(name).replaceAll("-");
    String cut = plain.substring(0, Math.min(NAME_MAX, plain.length()));
    String fit = UNFIT_AT_ENDS.matcher(cut).replaceAll("");
    return fit.isEmpty() ? "ca" : ServerName.asFileName(fit);
  }

  /**
   * Returns what is in a file.
   *
   * @param der binary, of one certificate alone
   */
  public static byte[] content(List<X509Certificate> certificates, boolean der) {
    try {
      return der
          ? certificates.get(0).getEncoded()
          : Identities.toPem(certificates).getBytes(StandardCharsets.US_ASCII);
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("certificate has no DER form", e);
    }
  }
}
