using Exchange.Api.Accounts;
using Exchange.Api.Admin;
using Exchange.Api.Auth;
using Exchange.Api.Closures;
using Exchange.Api.Engine;
using Exchange.Api.Health;
using Exchange.Api.History;
using Exchange.Api.Keys;
using Exchange.Api.Limits;
using Exchange.Api.Mail;
using Exchange.Api.Markets;
using Exchange.Api.Metrics;
using Exchange.Api.Notifications;
using Exchange.Api.OpenApi;
using Exchange.Api.Operators;
using Exchange.Api.Orders;
using Exchange.Api.Pages;
using Exchange.Api.Positions;
using Exchange.Api.Routing;
using Exchange.Api.Streams;
using Exchange.Api.Values;
using Exchange.Api.Triggers;
using Exchange.Grains.Interfaces.Supervision;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        services.AddSingleton(provider => KeyVault.Open(
            provider.GetRequiredService<AuthOptions>(),
            configuration[DataFolderKey] ?? DefaultDataFolder,
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory)));
        services.AddSingleton(provider => new AdminList(
            provider.GetRequiredService<AuthOptions>(), configuration[DataFolderKey] ?? DefaultDataFolder,
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(configuration.GetSection(SmtpOptions.Section).Get<SmtpOptions>() ?? new SmtpOptions());
        services.TryAddSingleton<IMailer, SmtpMailer>();
        services.AddSingleton(_ => new PasswordHash());
        AddRules(services, configuration);
        services.AddSingleton<KeyRing>();
        services.AddSingleton<SignatureCheck>();
        services.AddSingleton<SessionCheck>();
        services.AddSingleton<SecurityLog>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<Authenticator>();
        services.AddSingleton<SignInEndpoints>();
        services.AddSingleton<KeyEndpoints>();
        services.AddSingleton<AdminEndpoints>();
        services.AddSingleton<DeadLetterEndpoints>();
        services.AddOperators();
        services.AddSingleton<OrderEndpoints>();
        services.AddSingleton<PairEndpoints>();
        services.AddSingleton<TriggerEndpoints>();
        services.AddSingleton<AccountEndpoints>();
        services.AddSingleton<ResetEndpoints>();
        services.AddSingleton<ValueEndpoints>();
        services.AddSingleton<PositionEndpoints>();
        services.AddSingleton<PositionHistory>();
        services.AddSingleton<NotificationEndpoints>();
        services.AddSingleton<ClosureEndpoints>();
        services.AddSingleton<ClosureLetterEndpoints>();
        services.AddSingleton<EngineEndpoints>();
        services.AddSingleton<TickerBoard>();
        services.AddSingleton<MarketEndpoints>();
        services.AddSingleton<HistoryEndpoints>();
        services.AddSingleton<CandleHistory>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<Drain>();
        services.AddHealthChecks()
            .AddCheck<Drain>("drain").AddCheck<MarketsHealth>("markets").AddCheck<RecoveryHealth>("recovery").AddCheck<HistoryHealth>("history")
            .AddCheck<FeedsHealth>("feeds");
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        services.AddStreams(configuration);
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(1, PositionJson.Default));
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(2, EngineJson.Default));
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(3, TriggerJson.Default));
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(4, NotificationJson.Default));
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(5, ClosureJson.Default));
        services.AddApiDocument();
        return services;
    }

    /// <summary>What comes before any route: who the client behind a proxy is, which pages of others may ask, and that it is time to go.</summary>
    public static void UseExchangeApi(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<ProxyOptions>().ToForwardedHeaders() is { } forwarded)
            app.UseForwardedHeaders(forwarded);
        if (app.ApplicationServices.GetRequiredService<CorsOptions>().Origins.Length > 0)
            app.UseCors();
        var drain = app.ApplicationServices.GetRequiredService<Drain>();
        app.Use((http, next) =>
        {
            if (drain.IsOn && HttpProtocol.IsHttp11(http.Request.Protocol) && !http.WebSockets.IsWebSocketRequest)
                http.Response.Headers.Connection = "close";
            return next(http);
        });
    }

    public static void MapExchangeApi(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var log = services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory);
        var routes = new ApiRoutes(
            endpoints, services.GetRequiredService<Authenticator>(), services.GetRequiredService<AdminList>(),
            services.GetRequiredService<RateLimiter>(), services.GetRequiredService<IExchangeReadiness>(), log);
        routes.MapMarkets(services.GetRequiredService<MarketEndpoints>());
        routes.MapAccounts(
            services.GetRequiredService<AccountEndpoints>(), services.GetRequiredService<ResetEndpoints>(),
            services.GetRequiredService<SignInEndpoints>());
        routes.MapValues(services.GetRequiredService<ValueEndpoints>());
        routes.MapKeys(services.GetRequiredService<KeyEndpoints>());
        routes.MapAdmin(services.GetRequiredService<AdminEndpoints>());
        routes.MapDeadLetters(services.GetRequiredService<DeadLetterEndpoints>());
        routes.MapOperators(endpoints);
        routes.MapOrders(services.GetRequiredService<OrderEndpoints>());
        routes.MapPairs(services.GetRequiredService<PairEndpoints>());
        routes.MapTriggers(services.GetRequiredService<TriggerEndpoints>());
        routes.MapPositions(services.GetRequiredService<PositionEndpoints>(), services.GetRequiredService<PositionHistory>());
        routes.MapNotifications(services.GetRequiredService<NotificationEndpoints>());
        routes.MapClosures(services.GetRequiredService<ClosureEndpoints>(), services.GetRequiredService<ClosureLetterEndpoints>());
        routes.MapEngine(services.GetRequiredService<EngineEndpoints>());
        routes.MapHistory(services.GetRequiredService<HistoryEndpoints>());
        routes.MapHealth(services.GetRequiredService<HealthEndpoints>());
        services.GetRequiredService<MetricsEndpoint>().Map(routes);
        routes.MapDocs();
        if (PageFiles.Load(services.GetRequiredService<IConfiguration>()[PageFiles.FolderKey]) is { } pages)
            routes.MapPages(pages);
        routes.RefuseTheRest("/api");
        endpoints.MapStreams();
        endpoints.MapOpenApi("/openapi/{documentName}.json");
    }

    private static void AddRules(IServiceCollection services, IConfiguration configuration)
    {
        var cors = configuration.GetSection(CorsOptions.Section).Get<CorsOptions>() ?? new CorsOptions();
        services.AddSingleton(cors);
        services.AddSingleton(configuration.GetSection(ProxyOptions.Section).Get<ProxyOptions>() ?? new ProxyOptions());
        services.AddSingleton(configuration.GetSection(RateLimitOptions.Section).Get<RateLimitOptions>() ?? new RateLimitOptions());
        services.AddSingleton<RateLimiter>();
        services.AddSingleton(configuration.GetSection(MetricsOptions.Section).Get<MetricsOptions>() ?? new MetricsOptions());
        services.AddSingleton<PrometheusReport>();
        services.AddSingleton<MetricsEndpoint>();
        services.AddSingleton<CrossSite>();
        services.AddCors(options => options.AddDefaultPolicy(policy => policy
            .WithOrigins(cors.Origins)
            .AllowCredentials()
            .WithMethods("GET", "POST", "DELETE")
            .WithHeaders("Authorization", "Content-Type", SignatureCheck.KeyHeader)
            .WithExposedHeaders("Retry-After", "X-MBX-USED-WEIGHT-1M", "X-MBX-ORDER-COUNT-1S")
            .SetPreflightMaxAge(TimeSpan.FromHours(1))));
    }
}
