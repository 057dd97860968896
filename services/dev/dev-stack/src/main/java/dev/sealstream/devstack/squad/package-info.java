/**
 * Documents in SQuAD's layout, as SEAL publishes them: title, context and questions with one answer each.
 *
 * <p>Reads files into domain records and says exactly what is wrong with a file that is not in that layout. What becomes
 * of the documents is not its business.
 */
package dev.sealstream.devstack.squad;
