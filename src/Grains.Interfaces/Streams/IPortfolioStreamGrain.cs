namespace Exchange.Grains.Interfaces.Streams;

/// <summary>An account as a stream to its owner. The grain is the portfolio's own; the key is the account number.</summary>
[Alias("Exchange.IPortfolioStreamGrain")]
public interface IPortfolioStreamGrain : IGrainWithIntegerKey
{
    /// <summary>Starts or renews a watch; true where it is new, so that what was published before has not been seen.</summary>
    [Alias("Watch")]
    Task<bool> Watch(IPortfolioObserver observer);

    [Alias("Unwatch")]
    Task Unwatch(IPortfolioObserver observer);
}

[Alias("Exchange.IPortfolioObserver")]
public interface IPortfolioObserver : IGrainObserver
{
    [Alias("OnUpdate")]
    void OnUpdate(AccountUpdate update);
}
