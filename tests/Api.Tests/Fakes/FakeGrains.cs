using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Exchange.Grains.Interfaces.MarketMaking;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Interfaces.Users;

namespace Exchange.Api.Tests.Fakes;

/// <summary>Hands out scripted grains. A proxy, because the factory's interface has many members and only a few are used.</summary>
public class FakeGrains : DispatchProxy
{
    private readonly ConcurrentDictionary<string, FakePortfolio> portfolios = new();
    private readonly ConcurrentDictionary<string, FakeSymbol> symbols = new();
    private readonly ConcurrentDictionary<string, FakeSymbolOperations> operations = new();
    private readonly ConcurrentDictionary<string, FakeMaker> makers = new();
    private readonly ConcurrentDictionary<string, FakeUser> users = new();
    private readonly ConcurrentDictionary<string, FakeApiKey> apiKeys = new();
    private readonly ConcurrentDictionary<string, FakeSymbolStream> symbolStreams = new();
    private readonly ConcurrentDictionary<long, FakePortfolioStream> portfolioStreams = new();

    public static (IGrainFactory Factory, FakeGrains Grains) Create()
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        return (factory, (FakeGrains)(object)factory);
    }

    public FakePortfolio Portfolio(long account) =>
        portfolios.GetOrAdd(account.ToString(CultureInfo.InvariantCulture), _ => new FakePortfolio());

    public FakeSymbol Symbol(string symbol) => symbols.GetOrAdd(symbol, name => new FakeSymbol(name));

    public FakeSymbolOperations Operations(string symbol) => operations.GetOrAdd(symbol, name => new FakeSymbolOperations(name));

    public FakeMaker Maker(string symbol) => makers.GetOrAdd(symbol, name => new FakeMaker(name));

    public FakeMarkets Markets { get; } = new();

    public FakeUser User(string email) => users.GetOrAdd(email, _ => new FakeUser(ApiKey));

    public FakeApiKey ApiKey(string id) => apiKeys.GetOrAdd(id, _ => new FakeApiKey());

    public int ApiKeysAskedFor => apiKeys.Count;

    public FakeSymbolStream SymbolStream(string symbol) => symbolStreams.GetOrAdd(symbol, name => new FakeSymbolStream(name));

    public FakePortfolioStream PortfolioStream(long account) => portfolioStreams.GetOrAdd(account, _ => new FakePortfolioStream());

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.Name == nameof(IGrainFactory.CreateObjectReference))
            return args![0];
        if (targetMethod.Name == nameof(IGrainFactory.DeleteObjectReference))
            return null;
        var grain = targetMethod.GetGenericArguments()[0];
        var key = Convert.ToString(args![0], CultureInfo.InvariantCulture)!;
        return grain == typeof(IPortfolioGrain) || grain == typeof(IPortfolioPositions) || grain == typeof(IPortfolioConditionals)
            || grain == typeof(IPortfolioReset) || grain == typeof(IPortfolioValueGrain) || grain == typeof(IPortfolioOperations)
            ? Portfolio(long.Parse(key, CultureInfo.InvariantCulture))
            : grain == typeof(IManagementGrain) ? FakeManagement.Make()
            : grain == typeof(IMarketsGrain) ? Markets
            : grain == typeof(IMarketMakerGrain) ? Maker(key)
            : grain == typeof(ISymbolOperations) || grain == typeof(ISymbolPositions) ? Operations(key)
            : grain == typeof(ISymbolGrain) ? Symbol(key)
            : grain == typeof(IUserGrain) ? User(key)
            : grain == typeof(IApiKeyGrain) ? ApiKey(key)
            : grain == typeof(ISymbolStreamGrain) ? SymbolStream(key)
            : grain == typeof(IPortfolioStreamGrain) ? PortfolioStream(long.Parse(key, CultureInfo.InvariantCulture))
            : throw new NotSupportedException(grain.Name);
    }
}
