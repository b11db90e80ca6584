package linekeeper.persistence;

/// Where a database is and who we are there.
public record Coordinates(String url, String user, String password) {
    @Override
    public String toString() {
        return url + " as " + user;
    }
}
