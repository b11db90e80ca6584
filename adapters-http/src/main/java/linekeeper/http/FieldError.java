package linekeeper.http;

/// One field that is wrong.
///
/// @param message what a good value looks like; never the value itself
record FieldError(String field, String message) {}
