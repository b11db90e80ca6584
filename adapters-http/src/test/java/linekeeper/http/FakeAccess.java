package linekeeper.http;

import linekeeper.application.port.Accounts;
import linekeeper.application.port.Agents;
import linekeeper.application.port.ApiKeys;
import linekeeper.application.port.StoreUnavailable;
import linekeeper.domain.AccountId;
import linekeeper.domain.AgentId;
import linekeeper.domain.account.Account;
import linekeeper.domain.agent.Agent;
import linekeeper.domain.agent.Route;
import linekeeper.domain.call.CallRequest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Accounts, keys and agents in memory.
final class FakeAccess implements Accounts, ApiKeys, Agents {
    private final Map<String, Account> accounts = new TreeMap<>();
    private final Map<AccountId, TreeMap<String, Agent>> agents = new HashMap<>();
    private final List<StoredKey> keys = new ArrayList<>();

    private boolean down;

    FakeAccess() {
        create(Account.named(AccountId.DEFAULT));
    }

    /// From now on no key can be looked up.
    synchronized void goDown() {
        down = true;
    }

    @Override
    public synchronized Optional<Account> find(AccountId id) {
        return Optional.ofNullable(accounts.get(id.value()));
    }

    @Override
    public synchronized boolean create(Account account) {
        return accounts.putIfAbsent(account.id().value(), account) == null;
    }

    @Override
    public synchronized Optional<Account> update(AccountId id, UnaryOperator<Account> update) {
        return find(id).map(
                        account -> {
                            Account next = update.apply(account);
                            accounts.put(id.value(), next);
                            return next;
                        });
    }

    @Override
    public synchronized List<Account> list(String after, int most) {
        return accounts.values().stream()
                .filter(account -> account.id().value().compareTo(after) > 0)
                .limit(most)
                .toList();
    }

    @Override
    public synchronized void add(StoredKey key) {
        keys.add(key);
    }

    @Override
    public synchronized Optional<StoredKey> find(String hash) {
        if (down) {
            throw new StoreUnavailable("the database is gone");
        }
        return keys.stream().filter(key -> key.hash().equals(hash)).findFirst();
    }

    @Override
    public synchronized boolean any() {
        return !keys.isEmpty();
    }

    @Override
    public synchronized boolean revoke(AccountId account, String keyId) {
        return keys.removeIf(key -> key.account().equals(account) && key.keyId().equals(keyId));
    }

    @Override
    public synchronized Optional<Agent> find(AccountId account, AgentId id) {
        return Optional.ofNullable(agents.getOrDefault(account, new TreeMap<>()).get(id.value()));
    }

    @Override
    public Route route(CallRequest call) {
        return Optional.ofNullable(call.routing().agent())
                .flatMap(agent -> find(call.key().account(), agent))
                .map(agent -> new Route(List.of(agent)))
                .orElse(Route.NONE);
    }

    @Override
    public synchronized boolean put(AccountId account, Agent agent) {
        agents.computeIfAbsent(account, any -> new TreeMap<>()).put(agent.id().value(), agent);
        return true;
    }

    @Override
    public synchronized boolean remove(AccountId account, AgentId id) {
        return agents.getOrDefault(account, new TreeMap<>()).remove(id.value()) != null;
    }

    @Override
    public synchronized List<Agent> list(AccountId account, String after, int most) {
        return agents.getOrDefault(account, new TreeMap<>()).tailMap(after, false).values().stream()
                .limit(most)
                .toList();
    }
}
