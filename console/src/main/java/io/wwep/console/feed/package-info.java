/**
 * What happens on the server, as the console tells it: events as they come, those of a while ago,
 * and what becomes of each board. {@link io.wwep.console.feed.LiveFeed} is the door.
 */
package io.wwep.console.feed;
