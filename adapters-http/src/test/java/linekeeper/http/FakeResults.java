package linekeeper.http;

import linekeeper.application.port.NoticeObserver;
import linekeeper.application.port.Notices;
import linekeeper.application.port.ResultSender;
import linekeeper.application.results.ResultDelivery;
import linekeeper.application.world.MemoryStores;
import linekeeper.domain.account.Limits;
import linekeeper.domain.notice.DeliverySchedule;
import linekeeper.http.results.AddressGuard;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/// Webhooks and notices in memory; nobody sends anything. Every name resolves to a public address, but
/// `inside.example` to a private one.
final class FakeResults {
    final MemoryStores stores = new MemoryStores(Limits.of(5, 5));
    final AtomicBoolean privateAllowed = new AtomicBoolean();
    private final ResultDelivery delivery;

    FakeResults(InstantSource clock) {
        delivery =
                ResultDelivery.over(
                        new ResultDelivery.Store(
                                stores.notices(),
                                stores.webhooks(),
                                stores.engine().calls(),
                                stores.engine().transcripts()),
                        new ResultDelivery.Surroundings(
                                (webhook, message) -> new ResultSender.NotAnswered("nobody sends"),
                                notice -> {},
                                account -> {},
                                NoticeObserver.NONE,
                                DeliverySchedule.DEFAULT,
                                new SplittableRandom(7),
                                clock));
    }

    Notices notices() {
        return stores.notices();
    }

    ApiServices.Results services() {
        return new ApiServices.Results(
                delivery,
                stores.notices(),
                new AddressGuard(FakeResults::resolve, privateAllowed::get));
    }

    private static InetAddress[] resolve(String host) {
        String address = host.equals("inside.example") ? "10.0.0.1" : "93.184.216.34";
        return new InetAddress[] {InetAddress.ofLiteral(address)};
    }
}
