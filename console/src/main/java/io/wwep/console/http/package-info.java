/**
 * Who may use the console over HTTP: host names, origins, passwords and tokens, sessions, limits
 * and the headers of every response. {@link io.wwep.console.http.Gate} is the door; it knows
 * nothing of registers.
 */
package io.wwep.console.http;
