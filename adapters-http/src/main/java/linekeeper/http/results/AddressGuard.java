package linekeeper.http.results;

import org.apache.hc.client5.http.DnsResolver;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/// Resolves hosts for [HttpResultSender] and refuses those with an address that is not public. What it
/// answers is what is connected to, so a name that changes its address after it was checked is refused
/// when it is used (no DNS rebinding). Thread-safe.
public final class AddressGuard implements DnsResolver {
    private static final Pattern BRACKETS = Pattern.compile("[\\[\\]]");

    private final Resolver resolver;
    private final BooleanSupplier privateAllowed;

    /// @param privateAllowed asked each time: whether every address will do
    public AddressGuard(Resolver resolver, BooleanSupplier privateAllowed) {
        this.resolver = resolver;
        this.privateAllowed = privateAllowed;
    }

    /// What speaks against sending to this URL; empty: nothing that is known now.
    public Optional<String> objection(URI url) {
        try {
            resolve(url.getHost());
            return Optional.empty();
        } catch (RefusedAddress e) {
            return Optional.of(RefusedAddress.WHY);
        } catch (UnknownHostException e) {
            return Optional.of("must have a host that can be resolved");
        }
    }

    /// @throws RefusedAddress one of the host's addresses is not public
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = resolver.resolve(BRACKETS.matcher(host).replaceAll(""));
        boolean refused = !Arrays.stream(addresses).allMatch(PublicAddresses::contain);
        if (refused && !privateAllowed.getAsBoolean()) {
            throw new RefusedAddress();
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /// As [InetAddress#getAllByName].
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }
}
