/**
 * The REST API of the console: sessions, registers, history, the server itself. {@link
 * io.wwep.console.api.RestApi} is the door.
 */
package io.wwep.console.api;
