using Exchange.Api.Accounts;
using Exchange.Api.OpenApi;
using Exchange.Api.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Api.Operators;

internal static class OperatorRoutes
{
    private const string Group = "Operators";
    private const string Workers = "/api/admin/workers";
    private const string Symbols = "/api/admin/symbols";
    private const string Users = "/api/admin/users";
    private const string Makers = "/api/admin/market-makers";

    public static void AddOperators(this IServiceCollection services)
    {
        services.AddSingleton<ExchangeMonitor>();
        services.AddSingleton<MonitorHub>();
        services.AddSingleton<MonitorStream>();
        services.AddSingleton<WorkerEndpoints>();
        services.AddSingleton<WorkerControls>();
        services.AddSingleton<SymbolControls>();
        services.AddSingleton<UserControls>();
        services.AddSingleton<MakerEndpoints>();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, OperatorJson.Default));
    }

    public static void MapOperators(this ApiRoutes routes, IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        MapWorkers(routes, services.GetRequiredService<WorkerEndpoints>(), services.GetRequiredService<MonitorStream>());
        MapControls(routes, services.GetRequiredService<WorkerControls>());
        MapSymbols(routes, services.GetRequiredService<SymbolControls>());
        MapUsers(routes, services.GetRequiredService<UserControls>());
        MapMakers(routes, services.GetRequiredService<MakerEndpoints>());
    }

    private static void MapWorkers(ApiRoutes routes, WorkerEndpoints workers, MonitorStream monitor)
    {
        routes.ForAdmin("GET", Workers + "/health", workers.HealthAsync).Document(
            new(Group, "Health of queues, prices, closures and symbols, with that of every component", typeof(WorkerHealth)));
        routes.ForAdmin("GET", Workers + "/stats", workers.StatsAsync).Document(
            new(Group, "Everything that the monitor sees, once: totals, journal, silos, symbols", typeof(MonitorSample)));
        routes.ForAdmin("GET", Workers + "/queues", workers.QueuesAsync).Document(
            new(Group, "What waits: settlements in outboxes, accounts in retry, dead letters", typeof(QueueFigures)));
        routes.ForAdmin("GET", Workers + "/prices", workers.PricesAsync).Document(
            new(Group, "Prices and feed states of the active symbols", typeof(PriceFigures)));
        routes.ForAdmin("GET", Workers + "/closures", workers.ClosuresAsync).Document(
            new(Group, "Positions closed since the symbols came alive, by cause", typeof(ClosureFigures)));
        routes.ForAdmin("GET", Workers + "/metrics/export", workers.ExportAsync).Document(
            new(Group, "All metrics of this silo in the text format of Prometheus", typeof(string)));
        routes.ForAdmin("GET", Workers + "/monitor/stream", monitor.StreamAsync).Document(
            new(Group, "The same as stats, each second, as server-sent events", typeof(MonitorSample)));
    }

    private static void MapControls(ApiRoutes routes, WorkerControls controls)
    {
        routes.ForAdmin("POST", Workers + "/restart", controls.RestartAsync).Document(
            new(
                Group, "Lets every active symbol, or one, start over from its journal; takes back a shutdown",
                typeof(WorkersOutcome))
            {
                Body = RestartRequest.Fields,
            });
        routes.ForAdmin("POST", Workers + "/shutdown", controls.ShutdownAsync).Document(
            new(Group, "Stops trading in good order, until a restart", typeof(WorkersOutcome)) { Body = OptionalReason.Fields });
        routes.ForAdmin("POST", Workers + "/emergency-stop", controls.EmergencyStopAsync).Document(
            new(Group, "Stops all matching and closing at once, until it is taken back", typeof(StopOutcome)) { Body = OptionalReason.Fields });
        routes.ForAdmin("DELETE", Workers + "/emergency-stop", controls.EndEmergencyStopAsync).Document(
            new(Group, "Takes an emergency stop back", typeof(StopOutcome)) { Body = OptionalReason.Fields });
        routes.ForAdmin("GET", Workers + "/jobs/{id}", controls.JobAsync).Document(
            new(Group, "An open order, or a position with its levels", typeof(JobInfo)));
        routes.ForAdmin("DELETE", Workers + "/jobs/{id}", controls.RemoveJobAsync).Document(
            new(Group, "Cancels the order, or takes the levels off the position", typeof(JobInfo)));
    }

    private static void MapSymbols(ApiRoutes routes, SymbolControls symbols)
    {
        routes.ForAdmin("GET", Symbols, symbols.ListAsync).Document(new(Group, "All markets, with what their symbols do", typeof(SymbolList)));
        routes.ForAdmin("GET", "/api/admin/feeds", symbols.FeedsAsync).Document(
            new(Group, "The venues' feeds of the active symbols", typeof(PriceFigures)));
        Act("activate", "Brings a symbol to life", symbols.ActivateAsync);
        Act("deactivate", "Sends a symbol away; open work, or whoever needs it, brings it back", symbols.DeactivateAsync);
        Act("halt", "Halts a market: no matching and no closing, reads and cancels go on", symbols.HaltAsync);
        Act("resume", "Lets a halted market trade", symbols.ResumeAsync);
        Act("delist", "Ends a market for good and cancels its orders; refused while positions are open", symbols.DelistAsync);

        void Act(string action, string summary, CallerHandler handler) => routes.ForAdmin("POST", $"{Symbols}/{{symbol}}/{action}", handler)
            .Document(new(Group, summary, typeof(Done)) { Body = OptionalReason.Fields });
    }

    private static void MapUsers(ApiRoutes routes, UserControls users)
    {
        routes.ForAdmin("GET", Users, users.ListAsync).Document(
            new(Group, "Accounts, the oldest first, or the one of an address", typeof(UserPage)) { Query = UserControls.ListFields });
        routes.ForAdmin("GET", Users + "/{userId}", users.ShowAsync).Document(new(Group, "One account", typeof(UserDetails)));
        routes.ForAdmin("POST", Users + "/{userId}/freeze", users.FreezeAsync).Document(
            new(Group, "From now on the owner can look and cancel, and nothing else", typeof(Done))
            {
                Body = RequiredReason.Fields,
                Required = ["reason"],
            });
        routes.ForAdmin("POST", Users + "/{userId}/unfreeze", users.UnfreezeAsync).Document(
            new(Group, "Takes a freeze back", typeof(Done)) { Body = RequiredReason.Fields, Required = ["reason"] });
        routes.ForAdmin("POST", Users + "/{userId}/adjust", users.AdjustAsync).Document(
            new(Group, "Gives money or takes what is free; idempotent by adjustmentId", typeof(Adjusted))
            {
                Body = AdjustRequest.Fields,
                Required = [.. AdjustRequest.Fields.Names],
                BodyExample = """{"adjustmentId":"a-1","asset":"USDT","amount":"50","kind":"CREDIT","reason":"for finding a bug"}""",
            });
    }

    private static void MapMakers(ApiRoutes routes, MakerEndpoints makers)
    {
        routes.ForAdmin("GET", Makers, makers.ListAsync).Document(new(Group, "The market makers, with settings and state", typeof(MakerList)));
        routes.ForAdmin("POST", Makers + "/{symbol}", makers.ChangeAsync).Document(
            new(Group, "Changes what is given of a market maker's settings, or switches it", typeof(MakerInfo))
            {
                Body = MakerRequest.Fields,
                BodyExample = """{"enabled":true,"levels":10,"halfSpreadBps":10}""",
            });
    }
}
