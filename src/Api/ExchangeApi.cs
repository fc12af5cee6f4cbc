using Exchange.Api.Accounts;
using Exchange.Api.Auth;
using Exchange.Api.Engine;
using Exchange.Api.Health;
using Exchange.Api.History;
using Exchange.Api.Markets;
using Exchange.Api.OpenApi;
using Exchange.Api.Orders;
using Exchange.Api.Positions;
using Exchange.Api.Routing;
using Exchange.Grains.Interfaces.Supervision;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Exchange.Api;

/// <summary>The front door: hosted in a silo, it translates between HTTP and grains.</summary>
public static class ExchangeApi
{
    public const string DataFolderKey = "DataFolder";
    private const string DefaultDataFolder = "data";
    private const string LogCategory = "Exchange.Api";

    public static IServiceCollection AddExchangeApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(configuration.GetSection(AuthOptions.Section).Get<AuthOptions>() ?? new AuthOptions());
        services.AddSingleton(provider =>
        {
            var auth = provider.GetRequiredService<AuthOptions>();
            var log = provider.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory);
            var secret = SigningSecret.Load(auth, configuration[DataFolderKey] ?? DefaultDataFolder, log);
            return new TokenCodec(secret, auth, provider.GetRequiredService<TimeProvider>());
        });
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>>(new ServerLimits(configuration.GetSection(ServerLimits.Section)));
        services.AddSingleton<Authenticator>();
        services.AddSingleton<OrderEndpoints>();
        services.AddSingleton<AccountEndpoints>();
        services.AddSingleton<PositionEndpoints>();
        services.AddSingleton<EngineEndpoints>();
        services.AddSingleton<MarketEndpoints>();
        services.AddSingleton<HistoryEndpoints>();
        services.AddSingleton<CandleHistory>();
        services.AddSingleton<HealthEndpoints>();
        services.AddHealthChecks().AddCheck<MarketsHealth>("markets").AddCheck<RecoveryHealth>("recovery").AddCheck<HistoryHealth>("history");
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(1, PositionJson.Default));
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(2, EngineJson.Default));
        services.AddApiDocument();
        return services;
    }

    public static void MapExchangeApi(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory);
        var routes = new ApiRoutes(endpoints, services.GetRequiredService<Authenticator>(), services.GetRequiredService<IExchangeReadiness>(), log);
        routes.MapMarkets(services.GetRequiredService<MarketEndpoints>());
        routes.MapAccounts(services.GetRequiredService<AccountEndpoints>());
        routes.MapOrders(services.GetRequiredService<OrderEndpoints>());
        routes.MapPositions(services.GetRequiredService<PositionEndpoints>());
        routes.MapEngine(services.GetRequiredService<EngineEndpoints>());
        routes.MapHistory(services.GetRequiredService<HistoryEndpoints>());
        routes.MapHealth(services.GetRequiredService<HealthEndpoints>());
        routes.RefuseTheRest("/api");
        endpoints.MapOpenApi("/openapi/{documentName}.json");
    }
}
