using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Interfaces.Symbols;
using Exchange.Grains.Interfaces.Users;

namespace Exchange.Api.Tests.Fakes;

/// <summary>Hands out scripted grains. A proxy, because the factory's interface has many members and only two are used.</summary>
public class FakeGrains : DispatchProxy
{
    private readonly ConcurrentDictionary<string, FakePortfolio> portfolios = new();
    private readonly ConcurrentDictionary<string, FakeSymbol> symbols = new();
    private readonly ConcurrentDictionary<string, FakeUser> users = new();

    public static (IGrainFactory Factory, FakeGrains Grains) Create()
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        return (factory, (FakeGrains)(object)factory);
    }

    public FakePortfolio Portfolio(long account) =>
        portfolios.GetOrAdd(account.ToString(CultureInfo.InvariantCulture), _ => new FakePortfolio());

    public FakeSymbol Symbol(string symbol) => symbols.GetOrAdd(symbol, name => new FakeSymbol(name));

    protected override object Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var grain = targetMethod!.GetGenericArguments()[0];
        var key = Convert.ToString(args![0], CultureInfo.InvariantCulture)!;
        return grain == typeof(IPortfolioGrain) || grain == typeof(IPortfolioPositions) ? Portfolio(long.Parse(key, CultureInfo.InvariantCulture))
            : grain == typeof(ISymbolGrain) ? Symbol(key)
            : grain == typeof(IUserGrain) ? users.GetOrAdd(key, _ => new FakeUser())
            : throw new NotSupportedException(grain.Name);
    }
}
