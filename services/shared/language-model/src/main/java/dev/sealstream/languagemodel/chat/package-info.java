/**
 * Conversations as the text a model was trained on: the Jinja templates that Hugging Face directories carry.
 *
 * <p>The templates are written for Python's Jinja2 with {@code trim_blocks} and {@code lstrip_blocks}; jinjava evaluates
 * them, and the classes here supply what it lacks or does otherwise. Nothing here knows models or tokens.
 */
package dev.sealstream.languagemodel.chat;
