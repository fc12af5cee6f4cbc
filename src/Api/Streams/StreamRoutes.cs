using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Exchange.Api.Streams;

internal static class StreamRoutes
{
    public static IServiceCollection AddStreams(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(configuration.GetSection(StreamOptions.Section).Get<StreamOptions>() ?? new StreamOptions());
        services.AddSingleton<ConnectionCounts>();
        services.AddSingleton<MarketPolls>();
        services.AddSingleton<SymbolFeedHub>();
        services.AddSingleton<AccountFeedHub>();
        services.AddSingleton<StreamServices>();
        services.AddSingleton<StreamServer>();
        services.AddHostedService(provider => provider.GetRequiredService<SymbolFeedHub>());
        services.AddHostedService(provider => provider.GetRequiredService<AccountFeedHub>());
        services.AddHostedService(provider => provider.GetRequiredService<StreamServer>());
        return services;
    }

    public static void MapStreams(this IEndpointRouteBuilder endpoints)
    {
        var server = endpoints.ServiceProvider.GetRequiredService<StreamServer>();
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.Use((http, next) =>
        {
            if (http.Features.Get<IHttpUpgradeFeature>() is { } upgrade)
                http.Features.Set<IHttpUpgradeFeature>(new CorkedUpgrade(upgrade));
            return next(http);
        });
        pipeline.UseWebSockets();
        pipeline.Run(server.AcceptAsync);
        endpoints.Map("/ws", pipeline.Build()).ExcludeFromDescription();
    }
}
