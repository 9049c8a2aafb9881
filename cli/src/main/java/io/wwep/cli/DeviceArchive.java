package io.wwep.cli;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** An archive with the pairs of many boards, for the person who hands them out. */
final class DeviceArchive {

  private DeviceArchive() {}

  /** Returns the name that a device's files begin with. */
  static String name(int device) {
    return "device-%04X".formatted(device);
  }

  /**
   * Writes the CA's certificate, a sheet that lists the devices, and the pair of each.
   *
   * @throws IOException when the stream does
   */
  static void write(OutputStream stream, Identity ca, SortedMap<Integer, Identity> devices)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(stream, StandardCharsets.UTF_8);
    put(zip, "ca.pem", Identities.toPem(ca.chain()));
    put(zip, "devices.csv", sheet(devices));
    for (Map.Entry<Integer, Identity> each : devices.entrySet()) {
      Identity identity = each.getValue();
      put(zip, name(each.getKey()) + ".pem", Identities.toPem(identity.chain()));
      put(zip, name(each.getKey()) + ".key.pem", Identities.toPem(identity.key()));
    }
    zip.finish();
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.getBytes(StandardCharsets.US_ASCII));
    zip.closeEntry();
  }

  /** As RFC 4180 has it; no field needs quotes. */
  private static String sheet(SortedMap<Integer, Identity> devices) {
    StringBuilder sheet = new StringBuilder("device,certificate,key,valid until,sha256\r\n");
    devices.forEach(
        (device, identity) ->
            sheet.append(
                "%04X,%s.pem,%s.key.pem,%s,%s\r\n"
                    .formatted(
                        device,
                        name(device),
                        name(device),
                        PairOptions.end(identity),
                        identity.fingerprint())));
    return sheet.toString();
  }
}
