/**
 * Shows and edits the registers of a running server in a browser, and offers them by HTTP: the
 * page, REST, events and metrics. {@link io.wwep.console.WwepConsole} is the door.
 */
package io.wwep.console;
