using Exchange.Feeds.Binance;
using Exchange.Feeds.Kucoin;
using Exchange.Feeds.Replay;
using Exchange.Feeds.Simulated;
using Exchange.Feeds.Venues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Exchange.Feeds;

public static class FeedServices
{
    private static readonly string[] Names =
        [SimulatedFeed.Name, BinanceFeed.Name, KucoinFeed.SpotName, KucoinFeed.FuturesName, ReplayFeed.Name];

    /// <summary>
    /// Registers the hub and the feeds behind it, configured by the section Feed. A feed connects when something is
    /// subscribed to it, so those that are not used cost nothing.
    /// </summary>
    public static IServiceCollection AddFeeds(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        AddOptions(services, configuration.GetSection("Feed"));
        services.AddSingleton<FeedRoutes>();
        services.AddSingleton<FeedRecorder>();
        services.AddSingleton<IMarketFeed, SimulatedFeed>();
        services.AddSingleton<IMarketFeed, ReplayFeed>();
        AddVenue(services, BinanceFeed.Name, static (provider, http, logger) => BinanceFeed.Create(
            OptionsOf<BinanceOptions>(provider), http, CacheOf(provider), TimeOf(provider), new Random(), logger));
        AddVenue(services, KucoinFeed.SpotName, static (provider, http, logger) => KucoinFeed.CreateSpot(
            KucoinOf(provider, KucoinFeed.SpotName), http, CacheOf(provider), TimeOf(provider), new Random(), logger));
        AddVenue(services, KucoinFeed.FuturesName, static (provider, http, logger) => KucoinFeed.CreateFutures(
            KucoinOf(provider, KucoinFeed.FuturesName), http, CacheOf(provider), TimeOf(provider), new Random(), logger));
        services.AddSingleton<FeedHub>();
        return services;
    }

    private static void AddOptions(IServiceCollection services, IConfigurationSection section)
    {
        services.AddOptions<FeedOptions>().Bind(section)
            .Validate(static options => IsKnown(options.Default), $"Feed:Default must be one of {string.Join(", ", Names)}.")
            .Validate(static options => options.Listing.MarketsMax is >= 0 and <= 10_000, "Feed:Listing:MarketsMax must be between 0 and 10000.")
            .Validate(
                static options => options.Markets.Values.All(market => market.Venue.Length == 0 || IsKnown(market.Venue)
                    || string.Equals(market.Venue, FeedRoutes.None, StringComparison.OrdinalIgnoreCase)),
                $"The venue of a market in Feed:Markets must be one of {string.Join(", ", Names)} or {FeedRoutes.None}.")
            .ValidateOnStart();
        services.AddOptions<SimulatedOptions>().Bind(section.GetSection("Simulated"))
            .Validate(static options => options.Problem() is null, "Feed:Simulated is not valid.")
            .ValidateOnStart();
        services.AddOptions<BinanceOptions>().Bind(section.GetSection("Binance"));
        services.AddOptions<KucoinOptions>(KucoinFeed.SpotName).Bind(section.GetSection("Kucoin"));
        services.AddOptions<KucoinOptions>(KucoinFeed.FuturesName).Bind(section.GetSection("KucoinFutures"));
        services.AddOptions<ReplayOptions>().Bind(section.GetSection("Replay"))
            .Validate(static options => options.Problem() is null, "Feed:Replay is not valid.")
            .ValidateOnStart();
        services.AddOptions<RecorderOptions>().Bind(section.GetSection("Recorder"))
            .Validate(static options => options.Problem() is null, "Feed:Recorder is not valid.")
            .ValidateOnStart();
    }

    private static void AddVenue(
        IServiceCollection services, string name, Func<IServiceProvider, HttpClient, ILogger, VenueFeed> create)
    {
        services.AddKeyedSingleton(name, (provider, _) => create(
            provider,
            new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) }),
            provider.GetRequiredService<ILogger<VenueFeed>>()));
        services.AddSingleton<IVenueCatalog>(provider => provider.GetRequiredKeyedService<VenueFeed>(name));
        services.AddSingleton<IMarketFeed>(provider => Recorded(provider, provider.GetRequiredKeyedService<VenueFeed>(name)));
    }

    private static IMarketFeed Recorded(IServiceProvider provider, VenueFeed feed) =>
        OptionsOf<RecorderOptions>(provider).Folder.Length == 0
            ? feed
            : new RecordingFeed(feed, provider.GetRequiredService<FeedRecorder>(), feed.Counters);

    private static bool IsKnown(string venue) => Names.Contains(venue, StringComparer.OrdinalIgnoreCase);

    private static T OptionsOf<T>(IServiceProvider provider)
        where T : class => provider.GetRequiredService<IOptions<T>>().Value;

    private static KucoinOptions KucoinOf(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<KucoinOptions>>().Get(name);

    private static IVenueMarketCache? CacheOf(IServiceProvider provider) => provider.GetService<IVenueMarketCache>();

    private static TimeProvider TimeOf(IServiceProvider provider) => provider.GetRequiredService<TimeProvider>();
}
