/**
 * Web page and HTTP gateway: takes documents in, shows rewards and checkpoint decisions as they come.
 *
 * <p>Reads topics from their beginning into bounded memory ({@link dev.sealstream.console.TopicFollower}); keeps nothing
 * of its own. Stays out: decisions of any kind; the console only shows them.
 */
package dev.sealstream.console;
