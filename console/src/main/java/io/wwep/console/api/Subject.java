package io.wwep.console.api;

import io.wwep.server.WwepServer;
import io.wwep.store.Store;
import java.nio.file.Path;

/**
 * What the API is about.
 *
 * @param server running
 * @param store the server's
 * @param history file of the store with its history; null where there is none
 * @param version of the program
 */
public record Subject(WwepServer server, Store store, Path history, String version) {}
