package dev.virga.wasi.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;

/** Turns what the HTTP library throws into error codes. */
public final class Failures {

    private static final String ALERT = "Received fatal alert: ";

    /** How the library says that it has read enough headers; the code with it is the response's own. */
    private static final String TOO_LARGE = "Header Bytes Too Large";

    private Failures() {}

    /** The first throwable in the chain of causes that means something decides. */
    public static HttpFailure of(Throwable thrown) {
        int depth = 0;
        for (Throwable t = thrown; t != null && depth < 20; t = t.getCause(), depth++) {
            if (t instanceof HttpFailure failure) {
                return failure;
            }
            if (t instanceof SSLException && !certificate(t)) {
                return new HttpFailure(tls(t), thrown);
            }
            Optional<ErrorCode> code = known(t);
            if (code.isPresent()) {
                return new HttpFailure(code.get(), thrown);
            }
        }
        return new HttpFailure(new ErrorCode.HttpProtocolError(), thrown);
    }

    private static Optional<ErrorCode> known(Throwable t) {
        return Optional.ofNullable(switch (t) {
            case UnknownHostException _ -> dns();
            case UnresolvedAddressException _ -> dns();
            case NoRouteToHostException _ -> new ErrorCode.DestinationUnavailable();
            case ConnectException _ -> new ErrorCode.ConnectionRefused();
            case SocketTimeoutException _ -> new ErrorCode.ConnectionTimeout();
            case TimeoutException _ -> new ErrorCode.ConnectionReadTimeout();
            case CertificateException _ -> new ErrorCode.TlsCertificateError();
            case CertPathValidatorException _ -> new ErrorCode.TlsCertificateError();
            case CertPathBuilderException _ -> new ErrorCode.TlsCertificateError();
            case RejectedExecutionException _ -> new ErrorCode.ConnectionLimitReached();
            case HttpException e -> String.valueOf(e.getReason()).endsWith(TOO_LARGE)
                    ? new ErrorCode.HttpResponseHeaderSectionSize(Optional.empty())
                    : new ErrorCode.HttpProtocolError();
            case EofException _ -> new ErrorCode.ConnectionTerminated();
            case EOFException _ -> new ErrorCode.ConnectionTerminated();
            case ClosedChannelException _ -> new ErrorCode.ConnectionTerminated();
            case IOException e when "Connection reset".equals(e.getMessage())
                    || "Broken pipe".equals(e.getMessage()) -> new ErrorCode.ConnectionTerminated();
            default -> null;
        });
    }

    private static ErrorCode dns() {
        return new ErrorCode.DnsError(
                new ErrorCode.DnsErrorPayload(Optional.of("address not available"), Optional.empty()));
    }

    private static boolean certificate(Throwable ssl) {
        int depth = 0;
        for (Throwable t = ssl; t != null && depth < 20; t = t.getCause(), depth++) {
            if (t instanceof CertificateException || t instanceof CertPathValidatorException) {
                return true;
            }
        }
        return false;
    }

    private static ErrorCode tls(Throwable ssl) {
        String message = String.valueOf(ssl.getMessage());
        int alert = message.indexOf(ALERT);
        return alert < 0
                ? new ErrorCode.TlsProtocolError()
                : new ErrorCode.TlsAlertReceived(new ErrorCode.TlsAlertReceivedPayload(
                        Optional.empty(), Optional.of(message.substring(alert + ALERT.length()))));
    }
}
