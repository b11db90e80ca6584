package linekeeper.http;

import java.util.List;

/// What requests are made of that mean harm.
final class FuzzWords {
    static final List<String> METHODS =
            List.of("GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS", "TRACE", "X");

    static final List<String> FIELDS =
            List.of(
                    "custom_call_id",
                    "phone_number",
                    "contact_id",
                    "agent_id",
                    "from_number",
                    "contact_name",
                    "campaign_id",
                    "driver_id",
                    "user_data",
                    "priority",
                    "scheduled_at",
                    "expires_at",
                    "max_attempts",
                    "callId",
                    "recipientPhone",
                    "account_id",
                    "concurrency_limit",
                    "weight",
                    "provider",
                    "execution_id",
                    "admin",
                    "name");

    static final List<String> VALUES =
            List.of(
                    "null",
                    "true",
                    "0",
                    "-1",
                    "1.5",
                    "1e999999999",
                    "1e-999999999",
                    "1E400",
                    "-0",
                    "9".repeat(1_000),
                    "9".repeat(5_000),
                    "9223372036854775808",
                    "\"\"",
                    "\" \"",
                    "\"a\"",
                    "\"a/b\"",
                    "\"+15550001111\"",
                    "\"+٣٣٣٣٣٣٣٣\"",
                    "\"\\u0000\"",
                    "\"\\ud800\"",
                    "\"\\udc00\\ud800\"",
                    "\"😀\"",
                    "\"2025-11-21T10:30:00Z\"",
                    "\"2999-11-21T10:30:00+18:00\"",
                    "\"-999999999-01-01T00:00:00Z\"",
                    "\"+999999999-12-31T23:59:59.999999999-18:00\"",
                    "\"2025-02-30T00:00:00Z\"",
                    "[]",
                    "{}",
                    "{\"\\u0000\":1}",
                    "{\"a\":1e999999999}",
                    "[".repeat(900) + "]".repeat(900),
                    "{\"a\":".repeat(900) + "1" + "}".repeat(900),
                    "\"" + "x".repeat(20_000) + "\"",
                    "{\"x\":\"" + "x".repeat(20_000) + "\"}");

    static final List<String> PATHS =
            List.of(
                    "/api/calls",
                    "/api/calls/outbound",
                    "/api/calls/initiate",
                    "/api/calls/a",
                    "/api/calls/a/events",
                    "/api/calls/a/transcript",
                    "/webhooks/elevenlabs/transcript",
                    "/api/calls/a/cancel",
                    "/api/calls/queue/status",
                    "/api/slots",
                    "/api/slots/release",
                    "/api/slots/a/release",
                    "/api/admin/accounts",
                    "/api/admin/accounts/default",
                    "/api/admin/accounts/default/keys/x",
                    "/webhooks/bolna/hook-token",
                    "/webhooks/elevenlabs",
                    "/webhooks/simulated",
                    "/webhooks/twilio/status",
                    "/webhooks/twilio/amd",
                    "/webhooks/twilio/recording",
                    "/observe/health/live",
                    "/");

    static final List<String> PIECES =
            List.of(
                    "%00",
                    "%ff", "%C0%80", "%2F", "%2e%2e", "..", ";", ";a=b", "%", "%1", "+", "//", "@",
                    ":", "x", "~");

    static final List<String> PARAMETERS =
            List.of(
                    "limit",
                    "cursor",
                    "status",
                    "type",
                    "campaign_id",
                    "driver_id",
                    "phone_number",
                    "from",
                    "to",
                    "older_than",
                    "unbound_for");

    static final List<String> ARGUMENTS =
            List.of(
                    "",
                    "0",
                    "-1",
                    "99999999999",
                    "%00",
                    "%ff",
                    "%F0%9F%98%80",
                    "x",
                    "queued",
                    "direct",
                    "PT1H",
                    "PT9223372036854775807S",
                    "-PT9223372036854775807S",
                    "2025-11-21T10:30:00Z",
                    "2025-11-21T10:30:00+01:00",
                    "-999999999-01-01T00:00:00Z",
                    "AA",
                    Cursors.seal("+1000000000-12-31T23:59:59Z a"),
                    Cursors.seal("-1000000000-01-01T00:00:00Z a"),
                    Cursors.seal("2025-11-21T10:30:00Z \0"),
                    Cursors.seal("\0"),
                    Cursors.seal(" "),
                    Cursors.seal("-9223372036854775808"),
                    Cursors.seal("9223372036854775807"));

    static final List<String> HEADERS =
            List.of(
                    "Content-Type: application/json",
                    "Content-Type: json",
                    "Content-Type: application/json; charset",
                    "Content-Type: application/json; charset=\"utf-8\"",
                    "Content-Type: ;",
                    "Content-Type: /",
                    "Content-Type:",
                    "Content-Length: -1",
                    "Content-Length: x",
                    "Content-Length: 3",
                    "Content-Length: 99999999999999999999",
                    "Transfer-Encoding: chunked",
                    "Transfer-Encoding: gzip",
                    "Content-Encoding: gzip",
                    "Authorization: Bearer",
                    "Authorization: ",
                    "X-Account-Id: ",
                    "X-Account-Id: a b",
                    "X-Account-Id: nobody",
                    "X-Request-Id: " + "x".repeat(129),
                    "Origin: null",
                    "Origin: ://",
                    "Accept: nothing/at-all;q=x",
                    "Accept: ;",
                    "Expect: 100-continue",
                    "Expect: something",
                    "Upgrade: h2c",
                    "Range: bytes=0-",
                    "Host: other",
                    "Host: a:b",
                    "Cookie: ;;=;",
                    "X: " + "y".repeat(20_000),
                    "no colon",
                    ": no name",
                    "Sp ace: x",
                    "Ünï: x");

    private FuzzWords() {}
}
