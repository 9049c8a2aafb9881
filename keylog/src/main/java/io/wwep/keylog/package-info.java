/**
 * Writes down the keys of TLS connections, for who is to read a capture of them: off unless asked
 * for, since whoever has the file reads the traffic.
 */
package io.wwep.keylog;
