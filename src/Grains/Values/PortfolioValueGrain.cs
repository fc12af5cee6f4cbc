using Exchange.Domain;
using Exchange.Domain.Valuation;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Exchange.Grains.Values;

/// <summary>
/// An account's value over time. It samples when the account changed, when somebody asks, and once a day; nothing wakes it, or
/// the account, in between. A sample that a crash takes is taken again with the next change or day.
/// </summary>
public sealed class PortfolioValueGrain(
    [PersistentState("values", StateStores.Accounts)] IPersistentState<ValueRecord> stored,
    IMarketCatalog catalog,
    PriceBoard prices,
    IOptions<ValueOptions> options,
    TimeProvider time,
    ILogger<PortfolioValueGrain> logger) : Grain, IPortfolioValueGrain
{
    private readonly ValueOptions _options = options.Value;
    private ValueHistory _history = new();
    private Valuer _valuer = null!;
    private IGrainTimer? _sampling;

    private long Account => this.GetPrimaryKeyLong();
    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _history = stored.State.ToHistory(_options.Asset);
        _valuer = new Valuer(GrainFactory, catalog, prices);
        return base.OnActivateAsync(cancellationToken);
    }

    public async Task<ValueReply> GetValue(string asset)
    {
        var value = await _valuer.Value(Account, asset.Length > 0 ? asset : _options.Asset, NowMs);
        await Keep(value);
        return value;
    }

    public async Task<ValueHistoryReply> GetHistory(string interval, long beforeMs, int limit)
    {
        if (_history.Of(interval) is not { } series)
            return new ValueHistoryReply(Reason.InvalidRequest, _options.Asset, []);
        if (!series.Has(NowMs))
            await Keep(await _valuer.Value(Account, _options.Asset, NowMs));
        var points = new List<ValuePoint>();
        for (var i = series.Samples.Count - 1; i >= 0 && points.Count < limit; i--)
        {
            if (series.Samples[i].AtMs < beforeMs)
                points.Add(new ValuePoint(series.Samples[i].AtMs, series.Samples[i].Value));
        }

        return new ValueHistoryReply(Reason.None, _options.Asset, [.. points]);
    }

    public Task Changed()
    {
        if (_sampling is null && _options.SampleDelay > TimeSpan.Zero)
            _sampling = this.RegisterGrainTimer(
                Sample, new GrainTimerCreationOptions(_options.SampleDelay, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task SampleDay()
    {
        if (!_history.Of("1d")!.Has(NowMs))
            await Keep(await _valuer.Value(Account, _options.Asset, NowMs));
    }

    private async Task Sample(CancellationToken cancellationToken)
    {
        _sampling?.Dispose();
        _sampling = null;
        try
        {
            await Keep(await _valuer.Value(Account, _options.Asset, NowMs));
        }
        catch (Exception exception)
        {
            Log.NotValued(logger, exception, Account);
        }
    }

    private async Task Keep(ValueReply value)
    {
        if (value.Reason != Reason.None || value.Asset != _options.Asset)
            return;
        var finest = _history.Series[0];
        if (finest.Has(value.AtMs) && finest.Samples[^1].Value == value.Value)
            return;
        _history.Add(new ValueSample(value.AtMs, value.Value));
        stored.State = ValueRecord.Of(_history, _options.Asset);
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // What is stored decides; the next activation reads it.
            DeactivateOnIdle();
            throw;
        }
    }
}
