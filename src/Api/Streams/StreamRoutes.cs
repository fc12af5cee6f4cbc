using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        services.AddSingleton<StreamWriters>();
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
            FrameUpgrade.Into(http);
            return next(http);
        });
        pipeline.UseWebSockets();
        pipeline.Run(server.AcceptAsync);
        endpoints.Map("/ws", pipeline.Build()).ExcludeFromDescription();
    }
}
