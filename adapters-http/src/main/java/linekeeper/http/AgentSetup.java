package linekeeper.http;

import static linekeeper.http.JsonParts.JSON;

import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;

import linekeeper.application.KeepAgents;
import linekeeper.application.port.Providers;
import linekeeper.domain.AgentId;
import linekeeper.domain.PhoneNumber;
import linekeeper.domain.ProviderName;
import linekeeper.domain.agent.Agent;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Sets the account's own agents up (C8, F6).
final class AgentSetup implements HttpService {
    private static final String ID = "agent_id";
    private static final String PATH = "/api/agents/{agent_id}";

    private final Api api;
    private final KeepAgents agents;
    private final Providers providers;

    AgentSetup(Api api) {
        this.api = api;
        this.agents = api.services().engine().keepAgents();
        this.providers = api.services().engine().providers();
    }

    @Override
    public void routing(HttpRules rules) {
        api.routes()
                .at(rules)
                .get("/api/agents", this::list)
                .get(PATH, this::show)
                .on(Method.PUT, PATH, this::put)
                .on(Method.DELETE, PATH, this::remove);
    }

    private void put(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Agent agent = read(id(request), api.fields(request));
        if (!agents.put(caller.account(), agent)) {
            throw Missing.account();
        }
        Reply.ok(response, json(agent));
    }

    private Agent read(AgentId id, Fields fields) {
        for (String required : List.of("provider", "provider_agent_id")) {
            if (!fields.has(required)) {
                fields.missing(required, required + " is required");
            }
        }
        ProviderName provider = fields.value(providers::known, "provider");
        String providerAgentId = fields.text("provider_agent_id");
        List<PhoneNumber> numbers = fields.values(PhoneNumber::parse, "from_numbers");
        String phoneNumberId = fields.text("phone_number_id");
        List<AgentId> failover = fields.values(AgentId::new, "failover");
        fields.refuseIfWrong();
        return new Agent(
                id,
                Objects.requireNonNull(provider),
                Objects.requireNonNull(providerAgentId),
                numbers,
                phoneNumberId,
                failover);
    }

    private void show(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Reply.ok(
                response,
                agents.find(caller.account(), id(request))
                        .map(AgentSetup::json)
                        .orElseThrow(Missing::agent));
    }

    private void remove(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        if (!agents.remove(caller.account(), id(request))) {
            throw Missing.agent();
        }
        response.status(Status.NO_CONTENT_204).send();
    }

    private void list(ServerRequest request, ServerResponse response) {
        Caller caller = api.caller(request);
        Query query = new Query(request);
        int limit = query.limit();
        AgentId after = query.value("cursor", text -> new AgentId(Cursors.open(text)));
        List<Agent> found =
                agents.list(
                        caller.account(),
                        after == null ? "" : after.value(),
                        Page.oneMoreThan(limit));
        Page.of(found, limit, agent -> Cursors.seal(agent.id().value()))
                .send(response, AgentSetup::json);
    }

    private static AgentId id(ServerRequest request) {
        return new AgentId(Api.path(request, ID));
    }

    private static JsonObject json(Agent agent) {
        return new Members()
                .text(ID, agent.id())
                .text("provider", agent.provider())
                .text("provider_agent_id", agent.providerAgentId())
                .put("from_numbers", array(agent.fromNumbers().stream().map(PhoneNumber::value)))
                .text("phone_number_id", agent.phoneNumberId())
                .put("failover", array(agent.failover().stream().map(AgentId::value)))
                .build();
    }

    private static JsonArray array(Stream<String> texts) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        texts.forEach(array::add);
        return array.build();
    }
}
