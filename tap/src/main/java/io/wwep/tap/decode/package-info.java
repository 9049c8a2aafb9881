/** Makes messages of the bytes that pass: WWEP's, and what can be told of TLS from outside. */
package io.wwep.tap.decode;
