/**
 * Who may see and do what at the console: tokens of people, sessions of browsers, and the rule that is asked before every request.
 * What a request means stays out.
 */
package dev.sealstream.console.access;
