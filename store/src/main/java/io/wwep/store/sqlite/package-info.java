/**
 * The engine that makes a write survive by SQLite.
 *
 * <p>{@link io.wwep.store.sqlite.SqliteStore} is the door, {@code Committer} the one thread behind
 * it: group commit into the history, and between commits the housekeeping. docs/schema.md has the
 * tables.
 */
package io.wwep.store.sqlite;
