using Exchange.Domain;
using Exchange.Domain.MarketMaking;
using Exchange.Domain.Markets;
using Exchange.Grains.Interfaces.MarketMaking;
using Exchange.Grains.Interfaces.Markets;
using Exchange.Grains.Interfaces.Portfolios;
using Exchange.Grains.Symbols;
using Exchange.Grains.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Exchange.Grains.MarketMaking;

/// <summary>
/// Looks at the reference price and at its own orders each period, and brings them together. It has no memory that matters:
/// what it has is what its portfolio says, so that a restart finds the quotes in the book and goes on with them.
/// </summary>
public sealed class MarketMakerGrain(
    [PersistentState("maker", StateStores.Accounts)] IPersistentState<MakerRecord> stored,
    IMarketCatalog catalog,
    IOptions<MarketMakerOptions> options,
    TimeProvider time,
    ILogger<MarketMakerGrain> logger) : Grain, IMarketMakerGrain
{
    private readonly MarketMakerOptions _options = options.Value;
    private MakerAccount _account = null!;
    private MakerReference _reference = null!;
    private IGrainTimer? _timer;
    private OpenQuote[] _quotes = [];
    private Inventory _inventory;
    private MakerState _state;
    private Reason _reason;
    private long _centre;
    private long _quietUntilMs;
    private bool _isFunded;

    private string Symbol => this.GetPrimaryKeyString();

    /// <summary>As it is now: an operator may halt it at any time.</summary>
    private Market Market => catalog.TryGet(Symbol, out var market) ? market : throw new UnknownSymbolException(Symbol);

    private MakerSettings Settings => stored.State.Settings ?? _options.DefaultsFor(Symbol);

    private bool IsOn => _options.Enabled && Settings.IsOn;

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var portfolio = GrainFactory.GetGrain<IPortfolioGrain>(MakerAccount.NumberOf(Market));
        _account = new MakerAccount(Market, portfolio, time);
        _reference = new MakerReference(GrainFactory, time);
        return Task.CompletedTask;
    }

    public Task WakeUp()
    {
        Start();
        return Task.CompletedTask;
    }

    public Task<MakerView> Get()
    {
        var market = Market;
        return Task.FromResult(new MakerView(
            Symbol,
            MakerAccount.NumberOf(market),
            _options.Enabled,
            Settings,
            _state,
            _reason,
            market.PriceOf(_reference.Ticks),
            _reference.AtMs,
            market.QuantityOf(_inventory.PositionLots),
            _quotes.Sum(quote => market.NotionalOf(quote.PriceTicks, quote.Lots)),
            _quotes.Length,
            _account.Placed,
            _account.Cancelled));
    }

    public async Task<MakerReply> Change(MakerSettings settings)
    {
        if (settings.FindProblem(Market, catalog.TryGet(settings.Reference.Symbol, out _)) is { } problem)
            return new MakerReply(Reason.InvalidRequest, problem);
        await Write(record => record.Settings = settings);
        Start();
        if (!IsOn)
            await Round();
        return new MakerReply(Reason.None, "");
    }

    private void Start()
    {
        if (_timer is null && (IsOn || stored.State.HasQuotes))
            _timer = this.RegisterGrainTimer(TryRound, new GrainTimerCreationOptions(TimeSpan.Zero, _options.Period) { KeepAlive = true });
    }

    private async Task TryRound()
    {
        try
        {
            await Round();
        }
        catch (Exception exception)
        {
            Log.MakerFailed(logger, exception, Symbol);
        }
    }

    private async Task Round()
    {
        var market = Market;
        var (settings, now) = (Settings, NowMs);
        var isFresh = IsOn && await _reference.IsFresh(settings.Reference, market, _options.StaleAfter);
        var state = !IsOn ? MakerState.Off
            : market.Status != MarketStatus.Trading ? MakerState.MarketClosed
            : !isFresh ? MakerState.ReferenceStale
            : now < _quietUntilMs ? MakerState.Refused
            : await Fund() ? MakerState.Quoting : MakerState.Refused;
        if (state != _state)
            Log.MakerChanged(logger, Symbol, state);
        _state = state;
        if (state is MakerState.Quoting or MakerState.Refused)
            await Quote(market, settings.ToTerms(market));
        else
            await Pull();
    }

    /// <summary>
    /// Cancels before it places, and looks again in between, so that limits hold and own orders do not meet. While it rests it
    /// only cancels.
    /// </summary>
    private async Task Quote(Market market, QuoteTerms terms)
    {
        await _account.PlaceUnsure();
        var plan = await Look(market, terms);
        if (plan.Cancel.Count > 0)
        {
            await _account.Cancel(plan.Cancel);
            plan = await Look(market, terms);
        }

        if (plan.Place.Count == 0 || _state == MakerState.Refused)
            return;
        if (!stored.State.HasQuotes)
            await Write(record => record.HasQuotes = true);
        if (!await _account.Place(plan.Place))
            Rest(_account.Refusal);
        await Look(market, terms);
    }

    private async Task<QuotePlan> Look(Market market, QuoteTerms terms)
    {
        _quotes = await _account.Quotes();
        _inventory = await _account.Inventory(stored.State.BaseFunds);
        _centre = QuoteGrid.Settle(terms, _centre, QuoteGrid.Centre(terms, _reference.Ticks, _inventory.PositionLots));
        return QuotePlan.Of(terms, market, QuoteGrid.Around(_centre, terms, market), _quotes, _inventory);
    }

    /// <summary>Done only when nothing is open any more: until then the next round tries again.</summary>
    private async Task Pull()
    {
        _centre = 0;
        if (stored.State.HasQuotes)
        {
            if (!_account.IsSure)
                _quietUntilMs = NowMs + (long)_options.RetryAfter.TotalMilliseconds;
            await _account.CancelUnsure();
            await _account.Cancel(await _account.Quotes());
            _quotes = await _account.Quotes();
            if (_quotes.Length == 0 && NowMs >= _quietUntilMs)
                await Write(record => record.HasQuotes = false);
        }

        if (IsOn || stored.State.HasQuotes)
            return;
        _timer?.Dispose();
        _timer = null;
    }

    /// <summary>What was decided at the first start is what is deposited, whatever the configuration says later.</summary>
    private async Task<bool> Fund()
    {
        if (_isFunded)
            return true;
        if (stored.State.BaseFunds == 0)
            await Write(record => (record.BaseFunds, record.QuoteFunds) = (_options.BaseFunds, _options.QuoteFunds));
        var reason = await _account.Fund(stored.State);
        _isFunded = reason == Reason.None;
        if (!_isFunded)
            Rest(reason);
        return _isFunded;
    }

    private void Rest(Reason reason)
    {
        (_state, _reason) = (MakerState.Refused, reason);
        _quietUntilMs = NowMs + (long)_options.RetryAfter.TotalMilliseconds;
        Log.MakerRefused(logger, Symbol, reason);
    }

    private async Task Write(Action<MakerRecord> change)
    {
        change(stored.State);
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
