using Exchange.Feeds.Simulated;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Exchange.Feeds;

public static class FeedServices
{
    /// <summary>Registers the hub and the feeds behind it, configured by the section Feeds.</summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<SimulatedOptions>()
            .Bind(configuration.GetSection("Feeds:Simulated"))
            .Validate(static options => options.Problem() is null, "Feeds:Simulated is not valid.")
            .ValidateOnStart();
        services.AddSingleton<IMarketFeed, SimulatedFeed>();
        services.AddSingleton<FeedHub>();
        return services;
    }
}
