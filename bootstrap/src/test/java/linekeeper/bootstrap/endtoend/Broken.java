package linekeeper.bootstrap.endtoend;

/// A promise that was not kept.
///
/// @param call "account id"; empty: it concerns no single call
record Broken(String call, String what) {
    @Override
    public String toString() {
        return call.isEmpty() ? what : call + ": " + what;
    }
}
