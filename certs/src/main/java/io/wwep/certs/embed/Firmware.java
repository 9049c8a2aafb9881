package io.wwep.certs.embed;

/** What a certificate or key is to become a part of. */
public enum Firmware {
  /** A source of C for mbed TLS, WICED and others. */
  C,
  /** A header of C or C++. */
  HEADER,
  /** The device configuration table of WICED, which its build fills. */
  WICED_DCT,
  /** The file system of resources of WICED. */
  WICED_RESOURCE,
  /** A sketch for ESP32 or ESP8266. */
  ARDUINO,
  /** A module of MicroPython. */
  MICROPYTHON
}
