/**
 * Endpoints that describe themselves: one {@link io.wwep.console.rest.Endpoint} says how it is
 * called, what it takes and gives and what it does; {@link io.wwep.console.rest.Endpoints} mounts
 * it and {@link io.wwep.console.rest.OpenApi} writes it down.
 */
package io.wwep.console.rest;
