package linekeeper.telephony.elevenlabs.fake;

/// Errors in ElevenLabs' dialects.
final class Complaints {
    private Complaints() {}

    static String missing(String field) {
        return "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"%s\"],\"msg\":\"Field required\",\"input\":null}]}"
                .formatted(field);
    }

    static String error(String type, String code) {
        return "{\"detail\":{\"type\":\"%s\",\"code\":\"%s\",\"message\":\"%s\",\"status\":\"%s\",\"request_id\":\"r1\",\"param\":null}}"
                .formatted(type, code, code, code);
    }
}
