/**
 * The artifact store in a bucket of Amazon S3, or of a server that speaks its protocol. The only room that knows the AWS SDK.
 *
 * <p>Stays out: what artifacts are for.
 */
package dev.sealstream.s3artifacts;
