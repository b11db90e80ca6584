package linekeeper.http.results;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;

/// Tells addresses of the public internet from all others: private, loopback, link-local and shared
/// ones, multicast, reserved, and IPv6 addresses that stand for such an IPv4 address.
final class PublicAddresses {
    private static final List<Block> SPECIAL_V4 =
            List.of(
                    new Block("0.0.0.0", 8),
                    new Block("10.0.0.0", 8),
                    new Block("100.64.0.0", 10),
                    new Block("127.0.0.0", 8),
                    new Block("169.254.0.0", 16),
                    new Block("172.16.0.0", 12),
                    new Block("192.0.0.0", 24),
                    new Block("192.88.99.0", 24),
                    new Block("192.168.0.0", 16),
                    new Block("198.18.0.0", 15),
                    new Block("224.0.0.0", 3));

    /// The only part of IPv6 that is given out to the public.
    private static final Block GLOBAL_V6 = new Block("2000::", 3);

    /// Teredo and other protocols' own.
    private static final Block PROTOCOLS_V6 = new Block("2001::", 23);

    private static final Block SIX_TO_FOUR = new Block("2002::", 16);
    private static final Block TRANSLATED = new Block("64:ff9b::", 96);
    private static final int AFTER_SIX_TO_FOUR = 2;
    private static final int AFTER_TRANSLATED = 12;

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        return switch (address) {
            case Inet4Address four -> isPublic(four.getAddress());
            case Inet6Address six -> isPublicV6(six.getAddress());
            default -> false;
        };
    }

    private static boolean isPublicV6(byte[] address) {
        if (TRANSLATED.contains(address)) {
            return isPublic(fourAt(address, AFTER_TRANSLATED));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return isPublic(fourAt(address, AFTER_SIX_TO_FOUR));
        }
        return GLOBAL_V6.contains(address) && !PROTOCOLS_V6.contains(address);
    }

    private static boolean isPublic(byte[] four) {
        return SPECIAL_V4.stream().noneMatch(block -> block.contains(four));
    }

    private static byte[] fourAt(byte[] address, int from) {
        return new byte[] {address[from], address[from + 1], address[from + 2], address[from + 3]};
    }

    /// The addresses that begin with the first `bits` of `first`.
    private static final class Block {
        private final byte[] first;
        private final int bits;

        Block(String first, int bits) {
            this.first = InetAddress.ofLiteral(first).getAddress();
            this.bits = bits;
        }

        boolean contains(byte[] address) {
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                int index = bit / Byte.SIZE;
                if ((address[index] & mask) != (first[index] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
