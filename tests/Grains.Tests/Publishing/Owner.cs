using System.Collections.Concurrent;
using Exchange.Grains.Interfaces.Streams;
using Exchange.Grains.Tests.Support;

namespace Exchange.Grains.Tests.Publishing;

/// <summary>Remembers what an account's stream says.</summary>
internal sealed class Owner : IPortfolioObserver
{
    private readonly IPortfolioStreamGrain _portfolio;
    private readonly IPortfolioObserver _self;
    private readonly ConcurrentQueue<AccountUpdate> _heard = new();

    private Owner(ExchangeCluster exchange, long account)
    {
        _portfolio = exchange.Grains.GetGrain<IPortfolioStreamGrain>(account);
        _self = exchange.Grains.CreateObjectReference<IPortfolioObserver>(this);
    }

    public AccountUpdate[] Heard => [.. _heard];

    public static async Task<Owner> Watch(ExchangeCluster exchange, long account)
    {
        var owner = new Owner(exchange, account);
        Assert.True(await owner.Renew());
        return owner;
    }

    public Task<bool> Renew() => _portfolio.Watch(_self);

    public Task Leave() => _portfolio.Unwatch(_self);

    public void OnUpdate(AccountUpdate update) => _heard.Enqueue(update);
}
