using Exchange.Grains.Closures;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Supervision;
using Exchange.Grains.Journaling;
using Exchange.Grains.MarketMaking;
using Exchange.Grains.Markets;
using Exchange.Grains.Portfolios;
using Exchange.Grains.Supervision;
using Exchange.Grains.Symbols;
using Exchange.Grains.Values;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Exchange.Grains;

public static class GrainServices
{
    /// <summary>For a process without grains: the list of markets and its own readiness.</summary>
    public static IServiceCollection AddExchangeDirectory(this IServiceCollection services, IConfiguration configuration)
    {
        AddDirectory(services, configuration);
        services.AddSingleton<IFeedStates, NoFeeds>();
        services.AddSingleton<IExchangeReadiness, DirectoryReadiness>();
        services.AddHostedService<DirectoryRenewal>();
        return services;
    }

    /// <summary>Everything the grains need beside storage and feeds, which the host adds.</summary>
    public static IServiceCollection AddExchangeGrains(this IServiceCollection services, IConfiguration configuration)
    {
        AddDirectory(services, configuration);
        services.Configure<JournalingOptions>(configuration.GetSection("Journaling"));
        services.Configure<SymbolOptions>(configuration.GetSection("Symbols"));
        services.Configure<ValueOptions>(configuration.GetSection("Values"));
        services.Configure<ClosureOptions>(configuration.GetSection("Closures"));
        services.Configure<MarketMakerOptions>(configuration.GetSection("MarketMaker"));
        services.TryAddSingleton<IDeadLetterOffice, StoredDeadLetters>();
        services.TryAddSingleton<IOpenWork, ReadModelOpenWork>();
        services.AddSingleton<JournalingServices>();
        services.AddSingleton<SymbolServices>();
        services.AddSingleton<VenueListings>();
        services.AddSingleton<PriceBoard>();
        services.AddSingleton<IFeedStates, FeedStates>();
        services.AddSingleton<MakerWaking>();
        services.AddHostedService<CatalogAtStart>();
        services.AddHostedService<DirectoryRenewal>();
        services.AddHostedService<ClusterWatch>();
        services.AddSingleton<ExchangeReadiness>();
        services.AddSingleton<IExchangeReadiness>(provider => provider.GetRequiredService<ExchangeReadiness>());
        services.AddHostedService<ExchangeStartup>();
        return services;
    }

    private static void AddDirectory(IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<PortfolioOptions>(configuration.GetSection("Portfolios"));
        services.Configure<PositionOptions>(configuration.GetSection("Positions"));
        services.AddOptions<MarketsOptions>();
        services.AddSingleton(provider => new AccountLimits(provider.GetRequiredService<IOptions<PortfolioOptions>>().Value.ArmedOrdersMax));
        services.AddSingleton<IPositionTerms>(provider => provider.GetRequiredService<IOptions<PositionOptions>>().Value);
        services.AddSingleton<MarketCatalog>();
        services.AddSingleton<IMarketCatalog>(provider => provider.GetRequiredService<MarketCatalog>());
        services.AddSingleton<DirectoryCopy>();
    }
}
