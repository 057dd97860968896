package dev.sealstream.s3artifacts;

import dev.sealstream.eventstreaming.InvalidEventException;
import dev.sealstream.eventstreaming.TransientFaultException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

import java.util.Locale;

/**
 * Says what went wrong between us and a bucket, of which kind it is, and what to do. Only the error's code is taken over from the
 * server, since its text may name keys.
 */
final class S3Faults {
    private static final int FOUND_ELSEWHERE = 301;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TIMED_OUT = 408;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;
    private static final int NOT_IMPLEMENTED = 501;

    private final S3Settings settings;

    S3Faults(S3Settings settings) {
        this.settings = settings;
    }

    /** @param what was tried, with the key */
    RuntimeException of(String what, SdkException fault) {
        if (!(fault instanceof AwsServiceException refused)) {
            return new TransientFaultException("cannot " + what + " in " + settings.place() + ": " + why(fault), fault);
        }
        String found = "cannot " + what + " in " + settings.place() + ": " + code(refused);
        if (isMissing(refused)) {
            return new InvalidEventException(
                    found + "; the artifact is missing, and all services must share one artifact store", fault);
        } else if (refused.statusCode() == NOT_FOUND) {
            return new IllegalStateException(
                    found + "; create the bucket, or name another one in seal.artifacts.s3.bucket", fault);
        } else if (refused.statusCode() == FORBIDDEN || refused.statusCode() == UNAUTHORIZED) {
            return new IllegalStateException(
                    found + "; the service's credentials must be valid there and allow s3:ListBucket on the bucket and"
                            + " s3:GetObject, s3:PutObject, s3:DeleteObject and s3:AbortMultipartUpload on its keys",
                    fault);
        } else if (isTransient(refused)) {
            return new TransientFaultException(found, fault);
        } else if (refused.statusCode() == FOUND_ELSEWHERE) {
            return new IllegalStateException(
                    found + "; the bucket is in another region, name it in seal.artifacts.s3.region", fault);
        }
        return new IllegalStateException(
                found + "; check seal.artifacts.s3.endpoint, .region and .path-style against what the server wants",
                fault);
    }

    private static String why(SdkException fault) {
        return fault.getMessage() == null && fault.getCause() != null
                ? fault.getCause().toString()
                : fault.getMessage();
    }

    static boolean isMissing(AwsServiceException fault) {
        // An answer to HEAD has no body, so neither has it a code.
        String code = errorCode(fault);
        return fault.statusCode() == NOT_FOUND && !"NoSuchBucket".equals(code) && !"NoSuchUpload".equals(code);
    }

    /** Somebody stored the same artifact meanwhile. */
    static boolean isThereAlready(AwsServiceException fault) {
        return fault.statusCode() == PRECONDITION_FAILED;
    }

    static boolean isNotImplemented(AwsServiceException fault) {
        return fault.statusCode() == NOT_IMPLEMENTED;
    }

    private static boolean isTransient(AwsServiceException fault) {
        int status = fault.statusCode();
        return status >= SERVER && status != NOT_IMPLEMENTED
                || status == TIMED_OUT
                || status == CONFLICT
                || status == TOO_MANY
                || fault.isThrottlingException()
                || fault.isClockSkewException()
                || "NoSuchUpload".equals(errorCode(fault));
    }

    private static String code(AwsServiceException fault) {
        String code = errorCode(fault);
        return String.format(Locale.ROOT, "%d%s", fault.statusCode(), code == null ? "" : " " + code);
    }

    private static String errorCode(AwsServiceException fault) {
        return fault.awsErrorDetails() == null ? null : fault.awsErrorDetails().errorCode();
    }
}
