package linekeeper.http;

import io.helidon.common.parameters.Parameters;
import io.helidon.common.uri.UriPath;
import io.helidon.http.RoutedPath;

/// A path with the parameters a [PathPattern] found in it.
record MatchedPath(UriPath wire, Parameters pathParameters) implements RoutedPath {
    @Override
    public String rawPath() {
        return wire.rawPath();
    }

    @Override
    public String rawPathNoParams() {
        return wire.rawPathNoParams();
    }

    @Override
    public String path() {
        return wire.path();
    }

    @Override
    public Parameters matrixParameters() {
        return wire.matrixParameters();
    }

    @Override
    public RoutedPath absolute() {
        return this;
    }

    @Override
    public void validate() {
        wire.validate();
    }
}
